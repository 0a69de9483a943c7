package io.github.postern.login;

import java.lang.reflect.Proxy;
import org.pac4j.core.context.WebContext;

/**
 * pac4j's view of a request where there is none: in the background, where the one that was has been answered, and the container
 * may have given it to somebody else.
 */
final class NoRequest {
    /** Whoever asks it anything is at fault. */
    static final WebContext CONTEXT = (WebContext) Proxy.newProxyInstance(
            NoRequest.class.getClassLoader(), new Class<?>[] {WebContext.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("toString")) {
                    return "no request";
                }
                throw new IllegalStateException("there is no request, so it has no " + method.getName());
            });

    private NoRequest() {}
}
