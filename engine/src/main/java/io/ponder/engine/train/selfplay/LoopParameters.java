package io.ponder.engine.train.selfplay;

import io.ponder.engine.Checks;

/**
 * States how {@link SelfPlayLoop} goes on.
 *
 * @param environmentSteps   steps of the whole run, over all environments, at least 1
 * @param seconds            time of playing and learning, evaluation not counted; infinite for none (default)
 * @param environments       environments B side by side, at least 1; default 8
 * @param batch              columns of an optimiser step, at least 1; default 128
 * @param positionsBefore    positions in the replay before learning begins, at least 1; default 500
 * @param learnsPerStep      optimiser steps for each environment step, greater than 0; default 1
 * @param reanalysedPerStep  positions that are searched again for each environment step, at least 0; default 0
 * @param evaluateEvery      environment steps between evaluations, at least 1; the end is evaluated in any case; default a tenth
 * @param evaluationEpisodes episodes of an evaluation, at least 1; default 20
 * @param firstTemperature   of the decisions while playing, at the beginning, at least 0; NaN leaves them to the search, as Gumbel's
 *                           does; default 1
 * @param lastTemperature    the same at the end of the run; linear in between, in the environment steps; default 0.25
 */
public record LoopParameters(
        long environmentSteps,
        double seconds,
        int environments,
        int batch,
        int positionsBefore,
        double learnsPerStep,
        double reanalysedPerStep,
        long evaluateEvery,
        int evaluationEpisodes,
        double firstTemperature,
        double lastTemperature) {
    public LoopParameters {
        positive("environmentSteps", environmentSteps);
        if (!(seconds > 0)) throw new IllegalArgumentException("seconds is " + seconds + ", but it must be greater than 0.");
        Checks.positive("environments", environments);
        Checks.positive("batch", batch);
        Checks.positive("positionsBefore", positionsBefore);
        Checks.positive("learnsPerStep", learnsPerStep);
        Checks.inRange("reanalysedPerStep", reanalysedPerStep, 0, 1e6);
        positive("evaluateEvery", evaluateEvery);
        Checks.positive("evaluationEpisodes", evaluationEpisodes);
        if (!Double.isNaN(firstTemperature)) Checks.inRange("firstTemperature", firstTemperature, 0, 1e6);
        if (!Double.isNaN(lastTemperature)) Checks.inRange("lastTemperature", lastTemperature, 0, 1e6);
    }

    private static void positive(String name, long value) {
        if (value < 1) throw new IllegalArgumentException(name + " is " + value + ", but it must be at least 1.");
    }

    /** Returns the defaults for a run of so many environment steps. */
    public static LoopParameters steps(long environmentSteps) {
        return new LoopParameters(
                environmentSteps, Double.POSITIVE_INFINITY, 8, 128, 500, 1, 0, Math.max(1, environmentSteps / 10), 20, 1, 0.25);
    }

    /** Returns the temperature after so many environment steps. */
    double temperature(long steps) {
        double share = Math.min(1, (double) steps / environmentSteps);
        return firstTemperature + share * (lastTemperature - firstTemperature);
    }

    /** Returns these with another length. */
    public LoopParameters withEnvironmentSteps(long newEnvironmentSteps) {
        return new LoopParameters(
                newEnvironmentSteps, seconds, environments, batch, positionsBefore, learnsPerStep, reanalysedPerStep,
                evaluateEvery, evaluationEpisodes, firstTemperature, lastTemperature);
    }

    /** Returns these with another limit of time. */
    public LoopParameters withSeconds(double newSeconds) {
        return new LoopParameters(
                environmentSteps, newSeconds, environments, batch, positionsBefore, learnsPerStep, reanalysedPerStep,
                evaluateEvery, evaluationEpisodes, firstTemperature, lastTemperature);
    }

    /** Returns these with another number of environments side by side. */
    public LoopParameters withEnvironments(int newEnvironments) {
        return new LoopParameters(
                environmentSteps, seconds, newEnvironments, batch, positionsBefore, learnsPerStep, reanalysedPerStep,
                evaluateEvery, evaluationEpisodes, firstTemperature, lastTemperature);
    }

    /** Returns these with another batch. */
    public LoopParameters withBatch(int newBatch) {
        return new LoopParameters(
                environmentSteps, seconds, environments, newBatch, positionsBefore, learnsPerStep, reanalysedPerStep,
                evaluateEvery, evaluationEpisodes, firstTemperature, lastTemperature);
    }

    /** Returns these with another begin of learning. */
    public LoopParameters withPositionsBefore(int newPositionsBefore) {
        return new LoopParameters(
                environmentSteps, seconds, environments, batch, newPositionsBefore, learnsPerStep, reanalysedPerStep,
                evaluateEvery, evaluationEpisodes, firstTemperature, lastTemperature);
    }

    /** Returns these with more or fewer optimiser steps. */
    public LoopParameters withLearnsPerStep(double newLearnsPerStep) {
        return new LoopParameters(
                environmentSteps, seconds, environments, batch, positionsBefore, newLearnsPerStep, reanalysedPerStep,
                evaluateEvery, evaluationEpisodes, firstTemperature, lastTemperature);
    }

    /** Returns these with more or fewer positions searched again. */
    public LoopParameters withReanalysedPerStep(double newReanalysedPerStep) {
        return new LoopParameters(
                environmentSteps, seconds, environments, batch, positionsBefore, learnsPerStep, newReanalysedPerStep,
                evaluateEvery, evaluationEpisodes, firstTemperature, lastTemperature);
    }

    /** Returns these with another schedule of evaluations. */
    public LoopParameters withEvaluation(long newEvaluateEvery, int newEvaluationEpisodes) {
        return new LoopParameters(
                environmentSteps, seconds, environments, batch, positionsBefore, learnsPerStep, reanalysedPerStep,
                newEvaluateEvery, newEvaluationEpisodes, firstTemperature, lastTemperature);
    }

    /** Returns these with other temperatures at the beginning and at the end. */
    public LoopParameters withTemperature(double newFirstTemperature, double newLastTemperature) {
        return new LoopParameters(
                environmentSteps, seconds, environments, batch, positionsBefore, learnsPerStep, reanalysedPerStep,
                evaluateEvery, evaluationEpisodes, newFirstTemperature, newLastTemperature);
    }
}
