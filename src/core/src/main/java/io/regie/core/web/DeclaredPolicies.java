package io.regie.core.web;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
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
        for (InstanceHandle<Object> handle : Arc.container().listAll(Object.class)) {
            Class<?> type = handle.getBean().getBeanClass();
            if (type != null && type.isAnnotationPresent(Path.class)) {
                missing.addAll(undeclared(type));
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("No access policy is declared for " + String.join(", ", missing));
        }
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
