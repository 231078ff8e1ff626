package io.regie.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The boundaries that a reader may rely on. */
class ArchitectureTest {

    private static final Path REPOSITORY = Path.of("../..");
    private static final JavaClasses SPI = classesOf("src/spi");
    private static final JavaClasses CORE = classesOf("src/core");
    private static final JavaClasses WORKER = classesOf("src/worker");
    private static final JavaClasses PLUGINS = classesOf(plugins());

    @Test
    void contractNeedsOnlyTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.regie.spi..", "java..", "org.jspecify.annotations..")
                .because("a plugin author must be able to read and build the contract alone")
                .check(SPI);
    }

    @Test
    void pluginsKnowTheContractOnly() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.regie..")
                        .and(not(resideInAnyPackage("io.regie.spi..", "io.regie.ffmpeg..", "io.regie.plugin.."))))
                .because("the core and the worker change without asking plugins")
                .check(PLUGINS);
        slices().matching("io.regie.plugin.(*)..")
                .should()
                .notDependOnEachOther()
                .because("each is installed without the others")
                .check(PLUGINS);
    }

    @Test
    void onlyOneModuleKnowsJavaCv() {
        for (JavaClasses module : List.of(SPI, CORE, WORKER)) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.bytedeco..")
                    .because("native code stays behind one gate that knows its traps")
                    .check(module);
        }
    }

    @Test
    void onlyOnePackageStartsProcesses() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.regie.core.process..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .because("privileges, limits and a clean environment must not be forgotten somewhere")
                .check(CORE);
        noClasses()
                .should()
                .callMethod(Runtime.class, "exec", String[].class)
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .because("a shell's words are nobody's arguments")
                .check(CORE);
    }

    @Test
    void featuresAreFreeOfCycles() {
        slices().matching("io.regie.core.(*)..")
                .should()
                .beFreeOfCycles()
                .because("features that need each other are one feature")
                .check(CORE);
    }

    @Test
    void restStaysAtTheEdge() {
        noClasses()
                .that(not(resideInAPackage("io.regie.core.web..")))
                .and(not(named("Resource", "Pages")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .because("what a feature does must not depend on who asks")
                .check(CORE);
    }

    @Test
    void persistenceStaysInEntitiesAndRepositories() {
        noClasses()
                .that(not(ENTITIES.or(REPOSITORIES)))
                // It tells a lost update from other failures.
                .and(not(belongToAnyOf(failures())))
                .should()
                // A reference to a method of some repository names the class that Panache declares it in.
                .dependOnClassesThat(resideInAnyPackage("jakarta.persistence..", "io.quarkus.hibernate..")
                        .and(not(equivalentTo(PanacheRepositoryBase.class))))
                .because("the rest can then be tested and read without a database in mind")
                .check(CORE);
    }

    @Test
    void everyPackageSaysThatNothingIsNull() {
        for (JavaClasses module : List.of(SPI, CORE, WORKER, PLUGINS)) {
            classes()
                    .should(new ArchCondition<>("be in a @NullMarked package") {
                        @Override
                        public void check(JavaClass type, ConditionEvents events) {
                            boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                            events.add(
                                    new SimpleConditionEvent(type, marked, type.getPackageName() + " is not marked"));
                        }
                    })
                    .because("an unmarked package is not checked at all")
                    .check(module);
        }
    }

    @Test
    void everyTestRuns() {
        JavaClasses tests = new ClassFileImporter().importPath("target/test-classes");
        assertThat(tests).isNotEmpty();
        methods()
                .that(new DescribedPredicate<>("are visible methods of tests without parameters") {
                    @Override
                    public boolean test(JavaMethod method) {
                        return method.getOwner().getSimpleName().endsWith("Test")
                                && method.getRawParameterTypes().isEmpty()
                                && !method.getModifiers().contains(JavaModifier.PRIVATE)
                                && !method.getModifiers().contains(JavaModifier.STATIC)
                                && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                                && !answersContract(method);
                    }

                    private boolean answersContract(JavaMethod method) {
                        return method.getOwner().getAllRawSuperclasses().stream()
                                .anyMatch(type ->
                                        type.tryGetMethod(method.getName()).isPresent());
                    }
                })
                .should(new ArchCondition<>("be annotated") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean annotated = !method.getAnnotations().isEmpty();
                        events.add(new SimpleConditionEvent(method, annotated, method.getFullName() + " never runs"));
                    }
                })
                .because("a test that lost its annotation is green for ever")
                .check(tests);
    }

    private static final DescribedPredicate<JavaClass> ENTITIES = new DescribedPredicate<>("entities") {
        @Override
        public boolean test(JavaClass type) {
            return type.isAnnotatedWith(Entity.class)
                    || type.isAnnotatedWith(Embeddable.class)
                    || type.isAssignableTo(AttributeConverter.class)
                    || type.getEnclosingClass().map(this::test).orElse(false);
        }
    };

    private static final DescribedPredicate<JavaClass> REPOSITORIES = new DescribedPredicate<>("repositories") {
        @Override
        public boolean test(JavaClass type) {
            return type.isAssignableTo(PanacheRepositoryBase.class)
                    || type.getAllFields().stream()
                            .anyMatch(field -> field.getRawType().isEquivalentTo(EntityManager.class))
                    || type.getEnclosingClass().map(this::test).orElse(false);
        }
    };

    private static DescribedPredicate<JavaClass> named(String... endings) {
        return new DescribedPredicate<>("are named " + String.join(" or ", endings)) {
            @Override
            public boolean test(JavaClass type) {
                String outer = type.getName().replaceFirst("\\$.*", "");
                return List.of(endings).stream().anyMatch(outer::endsWith);
            }
        };
    }

    /** Package-private, so by its name. */
    private static Class<?> failures() {
        try {
            return Class.forName("io.regie.core.web.Failures");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] plugins() {
        List<String> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(REPOSITORY.resolve("plugins"), Files::isDirectory)) {
            entries.forEach(folder -> folders.add("plugins/" + folder.getFileName()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return folders.toArray(String[]::new);
    }

    /** Fails when there are none: a rule over nothing holds always. */
    private static JavaClasses classesOf(String... modules) {
        List<Path> built = new ArrayList<>();
        for (String module : modules) {
            Path folder = REPOSITORY.resolve(module).resolve("target/classes");
            assertThat(folder).as("built classes of " + module).isDirectory();
            built.add(folder);
        }
        JavaClasses classes = new ClassFileImporter().importPaths(built);
        assertThat(classes).isNotEmpty();
        return classes;
    }
}
