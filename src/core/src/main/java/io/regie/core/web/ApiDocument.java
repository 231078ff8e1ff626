package io.regie.core.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.regie.core.access.Access;
import io.regie.core.access.Policy;
import io.regie.core.access.Scope;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/**
 * Completes the description of the API with what its generator cannot know: who may call, what a refusal looks like, and
 * which routes are pages and nobody's interface. Runs when the application is built.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {

    private static final String API = "/api/v1/";
    private static final String TOKEN = "token";
    private static final String SESSION = "session";
    private static final String PROBLEM = "Problem";
    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    private static final String WORDS = "/META-INF/openapi-words.properties";

    private final Map<String, Declared> declared = new HashMap<>();
    private final Properties words = new Properties();

    /** What a method says of itself. */
    private record Declared(MethodInfo method, Policy policy, Scope scope) {

        String feature() {
            return method.declaringClass().simpleName().replaceFirst("Resource$", "");
        }

        /** {@code jobsRetryFailed}. */
        String operationId() {
            String feature = feature();
            String name = method.name();
            return feature.substring(0, 1).toLowerCase(Locale.ROOT)
                    + feature.substring(1)
                    + name.substring(0, 1).toUpperCase(Locale.ROOT)
                    + name.substring(1);
        }
    }

    public ApiDocument(IndexView index) throws IOException {
        try (InputStream resource = ApiDocument.class.getResourceAsStream(WORDS)) {
            words.load(new InputStreamReader(resource, StandardCharsets.UTF_8));
        }
        DotName path = DotName.createSimple(Path.class);
        for (AnnotationInstance root : index.getAnnotations(path)) {
            if (root.target().kind() == AnnotationTarget.Kind.CLASS) {
                note(root.target().asClass(), root.value().asString());
            }
        }
    }

    private void note(ClassInfo resource, String root) {
        for (MethodInfo method : resource.methods()) {
            AnnotationInstance access = Optional.ofNullable(method.annotation(Access.class))
                    .orElse(resource.declaredAnnotation(Access.class));
            if (access == null) {
                continue;
            }
            AnnotationInstance path = method.annotation(Path.class);
            String address = path == null ? root : join(root, path.value().asString());
            AnnotationValue scope = access.value("scope");
            Declared found = new Declared(
                    method,
                    Policy.valueOf(access.value().asEnum()),
                    scope == null ? Scope.EVERYTHING : Scope.valueOf(scope.asEnum()));
            for (String verb : VERBS) {
                if (method.hasAnnotation(DotName.createSimple("jakarta.ws.rs." + verb))) {
                    declared.put(verb + " " + address, found);
                }
            }
        }
    }

    private static String join(String root, String path) {
        return root.replaceFirst("/$", "") + "/" + path.replaceFirst("^/", "");
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, PathItem> paths = api.getPaths().getPathItems();
        for (String address : List.copyOf(paths.keySet())) {
            if (!address.startsWith(API)) {
                api.getPaths().removePathItem(address);
            }
        }
        api.getPaths().getPathItems().forEach((address, item) -> item.getOperations()
                .forEach((verb, operation) -> complete(operation, declared.get(verb + " " + address))));
        Components components = Optional.ofNullable(api.getComponents()).orElseGet(OASFactory::createComponents);
        components
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("A personal token. The scopes that an operation names are those one of"
                                        + " which it needs; `*` is good for everything."))
                .addSecurityScheme(
                        SESSION,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name("__Host-regie")
                                .description("The session of a browser. What changes something also needs the header `"
                                        + Csrf.HEADER + "`."))
                .addSchema(PROBLEM, problem())
                .addResponse(
                        PROBLEM,
                        OASFactory.createAPIResponse()
                                .description("What went wrong (RFC 9457)")
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                "application/problem+json",
                                                OASFactory.createMediaType()
                                                        .schema(OASFactory.createSchema()
                                                                .ref(PROBLEM)))));
        api.components(components);
    }

    private void complete(Operation operation, @Nullable Declared declared) {
        if (declared != null) {
            operation.operationId(declared.operationId());
            if (operation.getSummary() == null) {
                operation.summary(words.getProperty(declared.operationId()));
            }
            if (operation.getTags() == null || operation.getTags().isEmpty()) {
                operation.addTag(words.getProperty("tag." + declared.feature(), declared.feature()));
            }
            operation.security(security(declared));
        }
        // Only what an operation says itself; the general ones are all alike.
        for (String refusal : List.of("400", "401", "403")) {
            APIResponse generated = operation.getResponses().getAPIResponse(refusal);
            if (generated != null && generated.getContent() == null) {
                operation.getResponses().removeAPIResponse(refusal);
            }
        }
        operation.getResponses().defaultValue(OASFactory.createAPIResponse().ref(PROBLEM));
    }

    private static List<SecurityRequirement> security(Declared declared) {
        SecurityRequirement token = OASFactory.createSecurityRequirement()
                .addScheme(TOKEN, List.of(declared.scope().word()));
        SecurityRequirement session = OASFactory.createSecurityRequirement().addScheme(SESSION);
        boolean open = declared.policy() == Policy.OPEN || declared.policy() == Policy.ALWAYS;
        return open ? List.of(OASFactory.createSecurityRequirement(), token, session) : List.of(token, session);
    }

    private static Schema problem() {
        Schema text = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
        Schema field = OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .addProperty("field", text)
                .addProperty("detail", described("What is wrong with it, in the reader's language"));
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .required(List.of("type", "title", "status", "detail", "reason", "instance"))
                .addProperty("type", described("`urn:regie:problem:` and a kind that never changes its meaning"))
                .addProperty("title", described("The kind, in the reader's language"))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("detail", described("A sentence for people, in the reader's language"))
                .addProperty("reason", described("Stable code of the sentence"))
                .addProperty("instance", described("Number of the request, as in the server's log"))
                .addProperty(
                        "fields",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(field));
    }

    private static Schema described(String text) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(text);
    }
}
