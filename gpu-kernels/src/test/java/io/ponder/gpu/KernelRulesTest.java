package io.ponder.gpu;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.aparapi.Kernel;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelRulesTest {
    /** The package without its tests, but with the class that breaks the rules of the host; read once, which takes a second. */
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(location -> new ImportOption.DoNotIncludeTests().includes(location) || location.contains("HostRuleBreaker"))
            .importPackages("io.ponder.gpu");

    private static final JavaClasses MAIN = ALL.that(DescribedPredicate.describe("is no test", type -> !type.getName().contains("HostRuleBreaker")));

    private static List<Class<?>> kernels() {
        return MAIN.stream().filter(type -> type.isAssignableTo(Kernel.class)).<Class<?>>map(JavaClass::reflect).toList();
    }

    @Test
    void allKernelsAreSeen() {
        assertThat(kernels()).contains(PendulumKernel.class, RolloutKernel.class, EnsembleKernel.class).hasSizeGreaterThan(9);
    }

    @TestFactory
    Stream<DynamicTest> kernelsKeepToWhatCanBeTranslated() {
        return kernels().stream().map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () ->
                assertThat(KernelRules.broken(type)).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> kernelsAreNotPublic() {
        return kernels().stream().map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () ->
                assertThat(java.lang.reflect.Modifier.isPublic(type.getModifiers())).isFalse()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "flag is boolean", "has a switch", "remainder of floats", "writes a field", "half, a word of OpenCL", "calls java.lang.Integer.bitCount",
        "replaced is an array and not final", "square is an array of float", "wide is a long", "shared is static and can change",
        "run has an assert", "asks for the length of an array", "leaves a loop by a break", "computes in double", "calls java.lang.Math.hypot",
        "has a lambda", "makes an object", "asks for a type", "throws or locks", "catches something", "calls Kernel.put, which is the host's",
        "reads a static field"
    })
    void everyRuleCanFail(String rule) throws Exception {
        assertThat(KernelRules.broken(RuleBreaker.class)).anySatisfy(broken -> assertThat(broken).contains(rule));
    }

    @Test
    void aClassWithoutTheTableOfVariablesIsFound() throws Exception {
        assertThat(KernelRules.broken(RandomKernel.class)).isEmpty();
        assertThat(KernelRules.brokenWithoutVariables(RandomKernel.class))
                .singleElement().asString().contains("run has no table of local variables");
    }

    /** Aparapi's static cache goes by class alone, so a second entry point would run the first one's code; and whoever launches must look where it ran. */
    private static final ArchRule ONE_PLACE_LAUNCHES = noClasses().that().doNotHaveSimpleName("DeviceLaunch")
            .should().callMethodWhere(target(owner(assignableTo(Kernel.class))).and(target(nameMatching("execute"))));

    private static final ArchRule NO_ENTRY_POINTS_BY_NAME = noClasses()
            .should().callMethodWhere(target(owner(assignableTo(Kernel.class))).and(target(nameMatching("execute")))
                    .and(target(rawParameterTypes(startsWithText()))));

    /** Devices that share memory break when the collector moves an array; only one place may hand devices out. */
    private static final ArchRule ONE_PLACE_FINDS_DEVICES = noClasses().that().haveNameNotMatching(".*\\.OpenClDevices(\\$.*)?")
            .should().dependOnClassesThat().haveSimpleName("OpenCLPlatform").orShould().dependOnClassesThat().haveSimpleName("KernelManager");

    private static DescribedPredicate<List<JavaClass>> startsWithText() {
        return DescribedPredicate.describe("a name first", types -> !types.isEmpty() && types.get(0).isEquivalentTo(String.class));
    }

    @Test
    void theHostKeepsItsRules() {
        for (ArchRule rule : List.of(ONE_PLACE_LAUNCHES, NO_ENTRY_POINTS_BY_NAME, ONE_PLACE_FINDS_DEVICES)) rule.check(MAIN);
    }

    @Test
    void everyRuleOfTheHostCanFail() {
        for (ArchRule rule : List.of(ONE_PLACE_LAUNCHES, NO_ENTRY_POINTS_BY_NAME, ONE_PLACE_FINDS_DEVICES)) {
            assertThat(rule.evaluate(ALL).getFailureReport().getDetails()).as(rule.getDescription())
                    .isNotEmpty().allMatch(line -> line.contains("HostRuleBreaker"));
        }
    }

    @Test
    void fewTypesArePublic() {
        assertThat(MAIN.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                .map(JavaClass::getSimpleName)).containsExactlyInAnyOrder(
                        "OpenClDevices", "OpenClSelfTest", "OpenClRolloutExecutor", "OpenClExecutorProvider", "OpenClEvaluatorProvider");
    }

    @Test
    void noDeviceSharesMemoryWithTheHost() {
        assertThat(OpenClDevices.all()).allMatch(device -> !device.isSharedMemory());
    }
}
