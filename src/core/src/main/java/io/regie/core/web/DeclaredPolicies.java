package io.regie.core.web;

import io.quarkus.arc.Arc;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Refuses to start when some way in has no policy. */
final class DeclaredPolicies {

    static final String OPENAPI = "/api/openapi";
    static final String QUARKUS = "/q/";
    private static final Set<String> PROTECTED = Set.of(OPENAPI, QUARKUS);

    private DeclaredPolicies() {}

    static void check(Router router, RouteTable table) {
        List<String> missing = new ArrayList<>();
        for (Route route : router.getRoutes()) {
            if (!table.declares(route) && !known(route)) {
                missing.add(String.valueOf(route.getPath()));
            }
        }
        resources().forEach(resource -> missing.addAll(undeclared(resource)));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("No access policy is declared for " + String.join(", ", missing));
        }
    }

    /** Every class with REST methods. Asking for instances would leave out all others once one bean is an alternative. */
    static Stream<Class<?>> resources() {
        return Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(Bean::getBeanClass)
                .filter(type -> type != null && type.isAnnotationPresent(Path.class))
                .distinct();
    }

    /**
     * Routes that somebody else registered and that something of ours stands before: REST methods have their filter,
     * these paths a policy, and what has no path of its own passes requests on.
     */
    private static boolean known(Route route) {
        String path = route.getPath();
        if (path == null || path.equals("/")) {
            String handlers = route.toString();
            return Stream.of(
                            "io.regie.core.web.",
                            "io.quarkus.resteasy.reactive.",
                            "io.quarkus.vertx.http.",
                            "org.jboss.resteasy.reactive.",
                            "contextHandlers=null")
                    .anyMatch(handlers::contains);
        }
        return PROTECTED.stream().anyMatch(path::startsWith);
    }

    static List<String> undeclared(Class<?> resource) {
        return allMethods(resource)
                .filter(DeclaredPolicies::answersRequests)
                .filter(method -> AccessFilter.declared(resource, method).isEmpty())
                .map(method -> resource.getName() + "." + method.getName())
                .toList();
    }

    /** Also those that are not public: they answer requests all the same. */
    private static Stream<Method> allMethods(Class<?> resource) {
        return Stream.<Class<?>>iterate(resource, type -> type != null && type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()));
    }

    private static boolean answersRequests(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            if (annotation.annotationType().isAnnotationPresent(HttpMethod.class)) {
                return true;
            }
        }
        return method.isAnnotationPresent(Path.class);
    }
}
