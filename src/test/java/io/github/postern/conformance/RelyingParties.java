package io.github.postern.conformance;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands one relying party to all modules that do not care how it started. */
final class RelyingParties implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(RelyingParties.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RelyingParty.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent("shared", name -> RelyingParty.ready(Map.of()), RelyingParty.class);
    }
}
