package io.ponder.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the rules on the classes of all modules, without their tests. */
class HouseRulesTest {

    private static JavaClasses ours;

    @BeforeAll
    static void readClasses() {
        ours = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.ponder");
    }

    @Test
    void classesOfTheEngineAreSeen() {
        assertThat(ours.contain("io.ponder.engine.Checks")).isTrue();
        assertThat(ours.contain(HouseRules.class.getName())).isFalse();
    }

    @TestFactory
    Stream<DynamicTest> houseRules() {
        return HouseRules.all().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(ours)));
    }
}
