package io.ponder.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shows that every rule of the house fails on a class that breaks it, and on no other. The classes are written here as text
 * and compiled by the test, so that nothing that breaks a rule lies among the sources.
 */
class RuleBreakersTest {

    /** A rule and the sources of classes that together break it, and break nothing else. */
    private record Breaker(String rule, String... sources) {}

    private static final String MODELLING = "package io.ponder.worldmodels; public class Modelling {}";
    private static final String PLANNING = "package io.ponder.planners; public class Planning {}";

    private static final List<Breaker> BREAKERS = List.of(
            new Breaker("engineSeesNoOtherModule",
                    "package io.ponder.engine.plan; class Up { io.ponder.planners.Planning planning; }", PLANNING),
            new Breaker("worldModelsSeeOnlyTheEngine",
                    "package io.ponder.worldmodels; class SeesPlanning { io.ponder.planners.Planning planning; }", PLANNING),
            new Breaker("plannersSeeOnlyTheEngine",
                    "package io.ponder.planners; class ExtendsModelling extends io.ponder.worldmodels.Modelling {}", MODELLING),
            new Breaker("gpuKernelsSeeOnlyTheEngine",
                    "package io.ponder.gpu; class MakesModelling { Object make() { return new io.ponder.worldmodels.Modelling(); } }", MODELLING),
            new Breaker("packagesHaveNoCycles",
                    "package io.ponder.engine.one; public class One { io.ponder.engine.two.Two two; }",
                    "package io.ponder.engine.two; public class Two { io.ponder.engine.one.One one; }"),
            new Breaker("librariesDoNotPrint",
                    "package io.ponder.planners; class PrintsOut { void tell() { System.out.println(1); } }"),
            new Breaker("librariesDoNotPrint",
                    "package io.ponder.engine.data; class PrintsErr { void tell() { System.err.println(1); } }"),
            new Breaker("librariesDoNotPrint",
                    "package io.ponder.gpu; class PrintsTrace { void tell(RuntimeException e) { e.printStackTrace(); } }"),
            new Breaker("librariesDoNotExit",
                    "package io.ponder.worldmodels; class Exits { void end() { System.exit(1); } }"),
            new Breaker("librariesDoNotExit",
                    "package io.ponder.worldmodels; class Halts { void end() { Runtime.getRuntime().halt(1); } }"),
            new Breaker("loggingGoesThroughTheLog4jApi",
                    "package io.ponder.engine.train; class LogsElsewhere { Object log = java.util.logging.Logger.getLogger(\"x\"); }"),
            new Breaker("loggingGoesThroughTheLog4jApi",
                    "package io.ponder.examples; class LogsCore { org.apache.logging.log4j.core.Fake fake; }",
                    "package org.apache.logging.log4j.core; public class Fake {}"),
            new Breaker("onlyGpuKernelsSeeAparapi",
                    "package io.ponder.examples; abstract class Computes extends com.aparapi.Kernel {}"),
            new Breaker("onlyStorageAndExamplesSeeJackson",
                    "package io.ponder.engine.data; class Reads { com.fasterxml.jackson.databind.JsonNode node; }"),
            new Breaker("onlyExamplesSeeTheCommandLineLibraries",
                    "package io.ponder.planners; class Asks { picocli.CommandLine line; }"),
            new Breaker("onlyExamplesSeeTheCommandLineLibraries",
                    "package io.ponder.engine.train; class Paints { java.awt.Color colour; }"),
            new Breaker("ejmlSimpleIsNotUsed",
                    "package io.ponder.planners; class Solves { org.ejml.simple.Fake fake; }",
                    "package org.ejml.simple; public class Fake {}"),
            new Breaker("onlyTensorSeesTheVectorApi",
                    "package io.ponder.engine.nn; class Adds { jdk.incubator.vector.FloatVector vector; }"),
            new Breaker("vectorApiStaysOutOfPublicTypes",
                    "package io.ponder.engine.tensor; public class Adds { jdk.incubator.vector.FloatVector vector; }"),
            new Breaker("internalsOfTheJdkAreNotUsed",
                    "package io.ponder.engine.storage; class Pokes { sun.misc.Unsafe unsafe; }"),
            new Breaker("randomNumbersAreCounterBased",
                    "package io.ponder.examples; class Rolls { double roll() { return Math.random(); } }"),
            new Breaker("randomNumbersAreCounterBased",
                    "package io.ponder.planners; class RollsRandom { Object dice = new java.util.Random(1); }"),
            new Breaker("randomNumbersAreCounterBased",
                    "package io.ponder.planners; class RollsLocal { int roll() { return java.util.concurrent.ThreadLocalRandom.current().nextInt(); } }"),
            new Breaker("namesSayWhatATypeIs", "package io.ponder.examples; class PlannerImpl {}"),
            new Breaker("namesSayWhatATypeIs", "package io.ponder.engine.tensor; final class ArrayUtils {}"),
            new Breaker("namesSayWhatATypeIs", "package io.ponder.planners; class Tree { static class NodeHelper {} }"),
            new Breaker("namesSayWhatATypeIs", "package io.ponder.engine.train; class RunManager {}"),
            new Breaker("packagesSayWhatMayBeNull", "package io.ponder.engine.unmarked; class Lost {}"));

    private static final String OBEDIENT = "package io.ponder.planners; public final class ShootingPlanner {"
            + " static final org.apache.logging.log4j.Logger LOG = org.apache.logging.log4j.LogManager.getLogger();"
            + " double best = Math.sin(1); java.util.List<String> managerNames = java.util.List.of(); }";

    private static final Pattern DECLARATION = Pattern.compile("^package (\\S+);.*?\\bclass (\\w+)");

    @TempDir
    private static Path folder;

    private static JavaClasses compiled;

    @BeforeAll
    static void compileAllAtOnce() {
        compile(Stream.concat(BREAKERS.stream().flatMap(breaker -> Stream.of(breaker.sources())), Stream.of(OBEDIENT)).toList());
        compiled = new ClassFileImporter().importPath(folder);
    }

    @TestFactory
    Stream<DynamicTest> ruleFailsOnItsBreakerAndNoOtherRuleDoes() {
        return BREAKERS.stream().map(breaker -> DynamicTest.dynamicTest(breaker.rule() + ": " + nameOf(breaker.sources()[0]),
                () -> assertThat(rulesBrokenBy(breaker.sources())).containsExactly(breaker.rule())));
    }

    @Test
    void everyRuleHasABreaker() {
        assertThat(BREAKERS).extracting(Breaker::rule).containsAll(HouseRules.all().keySet());
    }

    @Test
    void noRuleFailsOnAnOrdinaryClass() {
        assertThat(rulesBrokenBy(OBEDIENT)).isEmpty();
    }

    private static Set<String> rulesBrokenBy(String... sources) {
        Set<String> names = Stream.of(sources).map(RuleBreakersTest::nameOf).collect(Collectors.toSet());
        JavaClasses few = compiled.that(DescribedPredicate.describe("are ours among " + names, type ->
                type.getPackageName().startsWith("io.ponder") && names.contains(type.getName().replaceAll("\\$.*", ""))));
        assertThat(few).isNotEmpty();
        return HouseRules.all().entrySet().stream()
                .filter(rule -> rule.getValue().evaluate(few).hasViolation())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Compiles sources, and an @NullMarked package-info for each package of ours but the one that shall lack it. */
    private static void compile(List<String> sources) {
        List<Source> units = Stream.concat(sources.stream(), sources.stream().map(RuleBreakersTest::packageInfo))
                .distinct()
                .map(Source::new)
                .toList();
        var messages = new StringWriter();
        boolean success = ToolProvider.getSystemJavaCompiler().getTask(messages, null, null,
                List.of("-d", folder.toString(), "-proc:none", "-Xlint:none", "--add-modules", "jdk.incubator.vector",
                        "-classpath", System.getProperty("java.class.path")),
                null, units).call();
        assertThat(success).as(messages.toString()).isTrue();
    }

    /** The qualified name of the class that a source declares. */
    private static String nameOf(String source) {
        var declaration = DECLARATION.matcher(source);
        return declaration.find() ? declaration.group(1) + "." + declaration.group(2) : "package-info";
    }

    private static String packageInfo(String source) {
        String declaration = source.substring(0, source.indexOf(';') + 1);
        boolean marked = declaration.contains("io.ponder") && !declaration.contains("unmarked");
        return (marked ? "@org.jspecify.annotations.NullMarked " : "") + declaration;
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///" + nameOf(text).replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
