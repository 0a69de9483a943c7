package io.github.postern.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds the fields of an object that its kind does not have; the API server would drop them without a word. */
final class Strict {
    private final List<String> unknown = new ArrayList<>();

    private Strict() {}

    /** Paths of unknown fields; fails on a field of the wrong type. */
    static List<String> unknownFields(JsonNode object) {
        Object model = Serialization.unmarshal(object.toString());
        String kind = object.path("kind").asText();
        if (model instanceof GenericKubernetesResource) {
            return FieldTable.read().faults(object);
        }
        var strict = new Strict();
        strict.walk(kind, model);
        return strict.unknown;
    }

    private void walk(String path, Object value) {
        if (value instanceof Collection<?> many) {
            many.forEach(one -> walk(path + "[]", one));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, one) -> walk(path + "." + key, one));
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.") && !(value instanceof Enum)) {
            Arrays.stream(value.getClass().getMethods())
                    .filter(Strict::isGetter)
                    .forEach(get -> enter(path, get, value));
        }
    }

    private void enter(String path, Method getter, Object value) {
        Object inner = call(getter, value);
        if (getter.getName().equals("getAdditionalProperties")) {
            ((Map<?, ?>) inner).keySet().forEach(name -> unknown.add(path + "." + name));
        } else {
            walk(path + "." + getter.getName().substring(3), inner);
        }
    }

    private static boolean isGetter(Method method) {
        return method.getName().startsWith("get")
                && method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && method.getDeclaringClass().getName().startsWith("io.fabric8.");
    }

    private static Object call(Method getter, Object value) {
        try {
            return getter.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(getter.toString(), e);
        }
    }
}
