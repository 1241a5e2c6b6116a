package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.aparapi.Kernel;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class KernelRulesTest {
    private static List<Class<?>> kernels() {
        return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.ponder.gpu").stream()
                .filter(type -> type.isAssignableTo(Kernel.class) && !type.isEquivalentTo(RuleBreaker.class))
                .<Class<?>>map(JavaClass::reflect)
                .toList();
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

    @Test
    void everyRuleCanFail() throws Exception {
        assertThat(KernelRules.broken(RuleBreaker.class)).anySatisfy(rule -> assertThat(rule).contains("is boolean"))
                .anySatisfy(rule -> assertThat(rule).contains("has a switch"))
                .anySatisfy(rule -> assertThat(rule).contains("remainder of floats"))
                .anySatisfy(rule -> assertThat(rule).contains("writes a field"))
                .anySatisfy(rule -> assertThat(rule).contains("half, a word of OpenCL"))
                .anySatisfy(rule -> assertThat(rule).contains("calls java.lang.Integer.bitCount"));
    }
}
