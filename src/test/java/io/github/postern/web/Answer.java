package io.github.postern.web;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;

/** An answer of which only the headers are kept: each once, whatever its case, as Tomcat does. */
final class Answer {
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                Answer.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("setHeader")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    headers.put((String) arguments[0], (String) arguments[1]);
                    return null;
                });
    }

    Map<String, String> headers() {
        return headers;
    }
}
