package io.github.postern;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md: each package may use what stands below it, and none go in a circle. */
@AnalyzeClasses(packages = "io.github.postern", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule ARROWS_POINT_DOWNWARDS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("Postern")
            .definedBy("io.github.postern")
            .layer("web")
            .definedBy("..postern.web..")
            .layer("gate")
            .definedBy("..postern.gate..")
            .layer("login")
            .definedBy("..postern.login..")
            .layer("forwarded")
            .definedBy("..postern.forwarded..")
            .layer("session")
            .definedBy("..postern.session..")
            .layer("users")
            .definedBy("..postern.users..")
            .layer("signing")
            .definedBy("..postern.signing..")
            .layer("cluster")
            .definedBy("..postern.cluster..")
            .layer("telemetry")
            .definedBy("..postern.telemetry..")
            .layer("tracing")
            .definedBy("..postern.tracing..")
            .layer("redis")
            .definedBy("..postern.redis..")
            .layer("config")
            .definedBy("..postern.config..")
            .whereLayer("Postern")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayOnlyBeAccessedByLayers("Postern")
            .whereLayer("gate")
            .mayOnlyBeAccessedByLayers("web", "Postern")
            .whereLayer("login")
            .mayOnlyBeAccessedByLayers("gate", "web", "Postern")
            .whereLayer("forwarded")
            .mayOnlyBeAccessedByLayers("login", "gate", "web", "Postern")
            .whereLayer("session")
            .mayOnlyBeAccessedByLayers("web", "Postern")
            .whereLayer("redis")
            .mayOnlyBeAccessedByLayers("session", "Postern")
            .whereLayer("users")
            .mayOnlyBeAccessedByLayers("gate", "web", "Postern")
            .whereLayer("signing")
            .mayOnlyBeAccessedByLayers("web", "Postern")
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers("Postern")
            .whereLayer("tracing")
            .mayOnlyBeAccessedByLayers("web", "Postern")
            .whereLayer("telemetry")
            .mayOnlyBeAccessedByLayers("login", "gate", "web", "Postern");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_OPENTELEMETRY = noClasses()
            .that()
            .resideOutsideOfPackage("..postern.tracing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule NOTHING_GOES_IN_A_CIRCLE =
            slices().matching("io.github.postern.(*)..").should().beFreeOfCycles();
}
