package io.ponder.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/** The rules, by name. {@link HouseRulesTest} runs them; {@link RuleBreakersTest} shows that each one can fail. */
final class HouseRules {

    private static final String ENGINE = "io.ponder.engine..";
    private static final String WORLD_MODELS = "io.ponder.worldmodels..";
    private static final String PLANNERS = "io.ponder.planners..";
    private static final String GPU = "io.ponder.gpu..";
    private static final String EXAMPLES = "io.ponder.examples..";
    private static final String[] LIBRARIES = {ENGINE, WORLD_MODELS, PLANNERS, GPU};

    private HouseRules() {}

    static Map<String, ArchRule> all() {
        var rules = new LinkedHashMap<String, ArchRule>();

        // Floors: examples -> {worldmodels, planners, gpu-kernels} -> engine, never sideways, never up.
        rules.put("engineSeesNoOtherModule", noneOf(ENGINE).see(WORLD_MODELS, PLANNERS, GPU, EXAMPLES));
        rules.put("worldModelsSeeOnlyTheEngine", noneOf(WORLD_MODELS).see(PLANNERS, GPU, EXAMPLES));
        rules.put("plannersSeeOnlyTheEngine", noneOf(PLANNERS).see(WORLD_MODELS, GPU, EXAMPLES));
        rules.put("gpuKernelsSeeOnlyTheEngine", noneOf(GPU).see(WORLD_MODELS, PLANNERS, EXAMPLES));
        rules.put("packagesHaveNoCycles", slices().matching("io.ponder.(**)").should().beFreeOfCycles());

        // A library answers or throws: what is printed and when to stop belongs to the application.
        rules.put("librariesDoNotPrint",
                noClasses().that().resideInAnyPackage(LIBRARIES).should(ACCESS_STANDARD_STREAMS)
                        .orShould(callMethod(Throwable.class, "printStackTrace")));
        rules.put("librariesDoNotExit",
                noClasses().that().resideInAnyPackage(LIBRARIES).should(callMethod(System.class, "exit", int.class))
                        .orShould(callMethod(Runtime.class, "exit", int.class))
                        .orShould(callMethod(Runtime.class, "halt", int.class)));
        rules.put("loggingGoesThroughTheLog4jApi",
                noneOutside().see("org.apache.logging.log4j.core..", "java.util.logging..", "org.slf4j.."));

        // A dependency has one home, so that it can be replaced there and an embedder knows what he pulls in.
        rules.put("onlyGpuKernelsSeeAparapi", noneOutside(GPU).see("com.aparapi.."));
        rules.put("onlyStorageAndExamplesSeeJackson",
                noneOutside("io.ponder.engine.storage..", EXAMPLES).see("com.fasterxml.."));
        rules.put("onlyExamplesSeeTheCommandLineLibraries",
                noneOutside(EXAMPLES).see("picocli..", "org.knowm..", "me.tongfei..", "org.jline..", "java.awt..", "javax.swing.."));
        rules.put("ejmlSimpleIsNotUsed", noneOutside().see("org.ejml.simple.."));
        rules.put("onlyTensorSeesTheVectorApi", noneOutside("io.ponder.engine.tensor..").see("jdk.incubator.."));
        rules.put("vectorApiStaysOutOfPublicTypes",
                classes().that(describe("use the Vector API", HouseRules::usesVectorApi)).should().notBePublic());
        rules.put("internalsOfTheJdkAreNotUsed", noneOutside().see("sun..", "jdk.internal.."));

        // The same seed gives the same result; these three do not take our seeds.
        rules.put("randomNumbersAreCounterBased",
                noClasses().should(callMethod(Math.class, "random"))
                        .orShould(dependOnClassesThat(describe("are java.util.Random or ThreadLocalRandom",
                                type -> type.isEquivalentTo(Random.class) || type.isEquivalentTo(ThreadLocalRandom.class)))));

        rules.put("namesSayWhatATypeIs",
                noClasses().should().haveNameMatching(".*(Impl|Utils?|Helpers?|Manager)(\\$.*)?"));
        rules.put("packagesSayWhatMayBeNull", classes().should(new InNullMarkedPackage()));

        // A module that is still empty breaks no rule.
        rules.replaceAll((name, rule) -> rule.allowEmptyShould(true).as(name + ": " + rule.getDescription()));
        return rules;
    }

    private static boolean usesVectorApi(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> dependency.getTargetClass().getPackageName().startsWith("jdk.incubator"));
    }

    private static Seeing noneOf(String... packages) {
        return new Seeing(resideInAnyPackage(packages));
    }

    private static Seeing noneOutside(String... packages) {
        return new Seeing(resideOutsideOfPackages(packages));
    }

    private record Seeing(DescribedPredicate<JavaClass> who) {
        ArchRule see(String... packages) {
            return noClasses().that(who).should(dependOnClassesThat(resideInAnyPackage(packages)));
        }
    }

    private static final class InNullMarkedPackage extends ArchCondition<JavaClass> {
        InNullMarkedPackage() {
            super("be in a package whose package-info has @NullMarked");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(new SimpleConditionEvent(type, marked,
                    type.getName() + (marked ? " is" : " is not") + " in a package whose package-info has @NullMarked"));
        }
    }
}
