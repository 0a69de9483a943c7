package io.github.postern.security;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands running gateways to tests, one per {@link Setup} for the whole run, and checks the {@link Invariants} after each test. */
final class Gateways implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(Gateways.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Gateway.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var setup = parameter.findAnnotation(In.class).map(In::value).orElse(Setup.DEFAULT);
        var gateway = context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(setup, Gateway::start, Gateway.class);
        gateway.beginTest();
        used(context).add(gateway);
        return gateway;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var gateways = used(context).gateways();
        // a failed test has said what is wrong already
        if (context.getExecutionException().isEmpty()) {
            gateways.forEach(Invariants::hold);
        }
    }

    private static Used used(ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(context.getUniqueId(), id -> new Used(), Used.class);
    }

    /** The gateways of one test. */
    private static final class Used {
        private final List<Gateway> gateways = new ArrayList<>();

        void add(Gateway gateway) {
            gateways.add(gateway);
        }

        List<Gateway> gateways() {
            return List.copyOf(gateways);
        }
    }
}
