package io.regie.spi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a plugin can see of the contract, a line for each type, constructor, method, component and constant. */
final class Signatures {

    private Signatures() {}

    static List<String> list() {
        TreeSet<String> lines = new TreeSet<>();
        classes().filter(type -> Modifier.isPublic(type.getModifiers())).forEach(type -> describe(type, lines));
        return List.copyOf(lines);
    }

    private static Stream<Class<?>> classes() {
        try {
            Path root = Path.of(Plugin.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.list(root.resolve("io/regie/spi"))) {
                return files
                        .map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                        .<Class<?>>map(name -> load("io.regie.spi." + name.substring(0, name.length() - 6)))
                        .toList()
                        .stream();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Signatures.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void describe(Class<?> type, TreeSet<String> lines) {
        String name = type.getCanonicalName().replace("io.regie.spi.", "");
        lines.add(name + ": " + kind(type) + parents(type));
        for (Field field : type.getFields()) {
            if (field.getDeclaringClass() == type) {
                lines.add(name + "." + field.getName() + ": " + text(field.getGenericType()) + value(field));
            }
        }
        if (type.isEnum()) {
            // Everything else of an enum follows from its constants.
            return;
        }
        if (type.isRecord()) {
            lines.add(name + components(type));
        }
        for (Constructor<?> constructor : type.getConstructors()) {
            if (!type.isRecord()) {
                lines.add(name + "." + "new" + parameters(constructor) + thrown(constructor));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && !isImplied(type, method)) {
                lines.add(name + "." + method.getName() + parameters(method) + ": " + modifiers(method)
                        + text(method.getAnnotatedReturnType()) + thrown(method));
            }
        }
    }

    private static boolean isImplied(Class<?> type, Method method) {
        return type.isRecord()
                && (List.of("equals", "hashCode", "toString").contains(method.getName())
                        || method.getParameterCount() == 0
                                && Arrays.stream(type.getRecordComponents())
                                        .anyMatch(
                                                component -> component.getName().equals(method.getName())));
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "enum";
        } else if (type.isRecord()) {
            return "record";
        } else if (type.isInterface()) {
            return "interface";
        }
        return (Modifier.isFinal(type.getModifiers()) ? "final " : "") + "class";
    }

    private static String parents(Class<?> type) {
        List<String> parents = new ArrayList<>();
        Class<?> superclass = type.getSuperclass();
        if (superclass != null
                && superclass != Object.class
                && superclass != Record.class
                && superclass != Enum.class) {
            parents.add(text(superclass));
        }
        Arrays.stream(type.getGenericInterfaces()).map(Signatures::text).forEach(parents::add);
        return parents.isEmpty() ? "" : " of " + String.join(", ", parents);
    }

    /** Constants are compiled into plugins, so that their values are part of the contract. */
    private static String value(Field field) {
        if (field.isEnumConstant() || !field.getType().isPrimitive()) {
            return "";
        }
        try {
            return " = " + field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> text(component.getAnnotatedType()) + " " + component.getName())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String parameters(Executable executable) {
        return Arrays.stream(executable.getParameters())
                .map(parameter -> text(parameter.getAnnotatedType()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String modifiers(Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            return "static ";
        }
        return method.isDefault() ? "default " : "";
    }

    private static String thrown(Executable executable) {
        return executable.getExceptionTypes().length == 0
                ? ""
                : Arrays.stream(executable.getExceptionTypes())
                        .map(Signatures::text)
                        .collect(Collectors.joining(", ", " throws ", ""));
    }

    /** A question mark says that there may be none. */
    private static String text(AnnotatedType type) {
        return text(type.getType()) + (type.isAnnotationPresent(Nullable.class) ? "?" : "");
    }

    private static String text(Type type) {
        return type.getTypeName()
                .replaceAll("\\bio\\.regie\\.spi\\.(?:[A-Za-z]+\\$)?", "")
                .replaceAll("\\bjava\\.(?:lang|util|time|nio\\.file)\\.(?=[A-Z])", "");
    }
}
