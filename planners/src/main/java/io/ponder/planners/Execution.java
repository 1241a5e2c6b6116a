package io.ponder.planners;

import io.ponder.engine.Checks;
import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.Clock;
import io.ponder.engine.plan.CpuRolloutExecutor;
import io.ponder.engine.plan.Problem;
import io.ponder.engine.plan.RolloutExecutor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Says how a planner runs, apart from what it computes: the number of environments it plans for at once, the particles of an imagined
 * rollout, what runs the rollouts, the clock of its deadlines and the source of its noise.
 *
 * <p>Immutable. {@code Execution.rows(1)} is the usual one: one environment, one particle, the calling thread.
 *
 * @param rows      environments B of a call, at least 1
 * @param particles rollouts per candidate, at least 1; the risk says what counts of their returns, by default the mean. More than one
 *                  only makes sense for random models.
 * @param executor  runs the rollouts, or null for the calling thread; who gives one closes it, after the planner
 * @param backend   where the rollouts run that nobody gave an executor for; the planner opens and closes it
 * @param clock     tells the time for deadlines
 * @param noise     supplies the standard normals
 * @param risk      makes one cost of the returns of a candidate's particles
 */
public record Execution(
        int rows, int particles, @Nullable RolloutExecutor executor, Backend backend, Clock clock, NoiseSource noise, Risk risk) {
    public Execution {
        Checks.positive("rows", rows);
        Checks.positive("particles", particles);
    }

    /** Returns the execution in the calling thread for {@code rows} environments. */
    public static Execution rows(int rows) {
        return new Execution(rows, 1, null, Backend.CPU, Clock.SYSTEM, NoiseSource.counter(), Risk.MEAN);
    }

    /** Returns this execution with another number of rollouts per candidate. */
    public Execution withParticles(int newParticles) {
        return new Execution(rows, newParticles, executor, backend, clock, noise, risk);
    }

    /** Returns this execution on an executor. */
    public Execution on(RolloutExecutor newExecutor) {
        return new Execution(rows, particles, newExecutor, backend, clock, noise, risk);
    }

    /** Returns this execution on a backend: where it is OpenCL, an error if that cannot be had; where it is auto, the faster one. */
    public Execution on(Backend newBackend) {
        return new Execution(rows, particles, null, newBackend, clock, noise, risk);
    }

    /** Returns this execution on {@code threads} threads of a pool, which the caller owns; the plans stay the same. */
    public Execution onThreads(Problem problem, ForkJoinPool pool, int threads) {
        return on(new CpuRolloutExecutor(problem.model(), pool, threads));
    }

    /** Returns this execution with another clock. */
    public Execution withClock(Clock newClock) {
        return new Execution(rows, particles, executor, backend, newClock, noise, risk);
    }

    /** Returns this execution with another source of noise. */
    public Execution withNoise(NoiseSource newNoise) {
        return new Execution(rows, particles, executor, backend, clock, newNoise, risk);
    }

    /** Returns this execution with another cost of the returns of particles; it makes a difference only with several of them. */
    public Execution withRisk(Risk newRisk) {
        return new Execution(rows, particles, executor, backend, clock, noise, newRisk);
    }
}
