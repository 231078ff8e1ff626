package io.regie.core;

import io.quarkus.arc.Arc;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A way into the application: a method and a path with its parameters in braces.
 *
 * @param path ends with a star when everything below it is meant
 */
public record Way(String method, String path) implements Comparable<Way> {

    private static final Comparator<Way> ORDER = Comparator.comparing(Way::path).thenComparing(Way::method);

    /** Every one there is: what REST classes declare and what features registered with Vert.x. */
    public static Set<Way> all(Router router) {
        Set<Way> ways = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            ways.addAll(of(route));
        }
        // Not by instances: they would leave out all others once one bean is an alternative.
        for (Bean<?> bean : Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            Class<?> type = bean.getBeanClass();
            if (type != null && type.isAnnotationPresent(Path.class)) {
                ways.addAll(of(type));
            }
        }
        return ways;
    }

    /** Whether browsers send it without being asked to prove anything. */
    public boolean harmless() {
        return Set.of("GET", "HEAD", "OPTIONS").contains(method);
    }

    private static List<Way> of(Route route) {
        String path = route.getPath();
        if (path == null || path.equals("/")) {
            return List.of();
        }
        String below = route.isExactPath() || path.endsWith("*") ? "" : "*";
        String named = path.replaceAll(":([a-zA-Z]+)", "{$1}") + below;
        Set<HttpMethod> methods = route.methods() == null ? Set.of(HttpMethod.GET) : route.methods();
        return methods.stream().map(method -> new Way(method.name(), named)).toList();
    }

    private static List<Way> of(Class<?> resource) {
        List<Way> ways = new ArrayList<>();
        String base = resource.getAnnotation(Path.class).value();
        Stream.<Class<?>>iterate(resource, type -> type != null && type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> verb(method) != null)
                .forEach(method -> {
                    Path path = method.getAnnotation(Path.class);
                    String whole = "/" + base + "/" + (path == null ? "" : path.value());
                    String plain = whole.replaceAll("\\{\\s*([^:}\\s]+)\\s*(:[^}]*)?}", "{$1}")
                            .replaceAll("/+", "/");
                    ways.add(new Way(
                            Objects.requireNonNull(verb(method)),
                            plain.length() > 1 ? plain.replaceAll("/$", "") : plain));
                });
        return ways;
    }

    private static @Nullable String verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            jakarta.ws.rs.HttpMethod verb = annotation.annotationType().getAnnotation(jakarta.ws.rs.HttpMethod.class);
            if (verb != null) {
                return verb.value();
            }
        }
        return null;
    }

    @Override
    public int compareTo(Way other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
