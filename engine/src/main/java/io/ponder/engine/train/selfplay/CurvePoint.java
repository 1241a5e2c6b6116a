package io.ponder.engine.train.selfplay;

/**
 * Says how good an agent was at one moment of its training: a row of {@code curve.csv}.
 *
 * @param environmentSteps     steps played
 * @param wallSeconds          time of playing and learning, evaluation not counted
 * @param learnerSteps         optimiser steps
 * @param episodes             episodes finished in self-play
 * @param evaluationReturnMean mean return of the evaluation
 * @param evaluationReturnMin  smallest return
 * @param evaluationReturnMax  largest return
 * @param selfPlayReturnMean   mean return of the last self-play episodes, NaN before the first
 * @param loss                 mean objective of the optimiser steps since the last point, NaN without any
 * @param searchShare          share of the threads' busy time spent in search, without the networks, from 0 to 1
 * @param networkShare         the same in the networks during search
 * @param learnShare           the same in learning
 */
public record CurvePoint(
        long environmentSteps,
        double wallSeconds,
        long learnerSteps,
        long episodes,
        double evaluationReturnMean,
        double evaluationReturnMin,
        double evaluationReturnMax,
        double selfPlayReturnMean,
        double loss,
        double searchShare,
        double networkShare,
        double learnShare) {}
