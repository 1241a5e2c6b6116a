package io.ponder.worldmodels.ensemble;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Activation;

/**
 * States the size and the training of a {@link GaussianEnsemble}.
 *
 * @param members       networks E, at least 1
 * @param hiddenLayers  hidden layers, at least 0
 * @param width         units of a hidden layer, at least 1
 * @param activation    function of the hidden units
 * @param probabilistic whether a log-variance is predicted and the likelihood trained; otherwise the mean by squared error
 * @param learningRate  of Adam, greater than 0
 * @param firstDecay    weight decay of the first layer, at least 0
 * @param hiddenDecay   weight decay of the layers between, at least 0
 * @param lastDecay     weight decay of the last layer, at least 0
 * @param afresh        whether every fit starts from new random weights; otherwise from those of the last fit
 */
public record EnsembleParameters(
        int members,
        int hiddenLayers,
        int width,
        Activation activation,
        boolean probabilistic,
        double learningRate,
        double firstDecay,
        double hiddenDecay,
        double lastDecay,
        boolean afresh) {
    public EnsembleParameters {
        Checks.positive("members", members);
        Checks.nonNegative("hiddenLayers", hiddenLayers);
        Checks.positive("width", width);
        Checks.positive("learningRate", learningRate);
        Checks.inRange("firstDecay", firstDecay, 0, 1);
        Checks.inRange("hiddenDecay", hiddenDecay, 0, 1);
        Checks.inRange("lastDecay", lastDecay, 0, 1);
    }

    /** Returns the ensemble of PETS (Chua et al. 2018), with 200 units: 5 members of 3 hidden layers, SiLU, Adam 1e-3. */
    public static EnsembleParameters pets() {
        return new EnsembleParameters(5, 3, 200, Activation.SILU, true, 1e-3, 1e-4, 2.5e-4, 5e-4, false);
    }

    /**
     * Returns a small ensemble for low-dimensional tasks on a CPU: 5 members of 2 x 64 units, Adam 3e-3, which gets further than 1e-3 with
     * the few hundred transitions of the first episodes.
     */
    public static EnsembleParameters small() {
        return pets().withSize(2, 64).withLearningRate(3e-3);
    }

    /** Returns a single deterministic network of the given size. */
    public static EnsembleParameters deterministic(int hiddenLayers, int width) {
        return pets().withSize(hiddenLayers, width).withMembers(1).withProbabilistic(false);
    }

    /** Returns these parameters with another number of members. */
    public EnsembleParameters withMembers(int newMembers) {
        return new EnsembleParameters(newMembers, hiddenLayers, width, activation, probabilistic, learningRate, firstDecay,
                hiddenDecay, lastDecay, afresh);
    }

    /** Returns these parameters with other hidden layers. */
    public EnsembleParameters withSize(int newHiddenLayers, int newWidth) {
        return new EnsembleParameters(members, newHiddenLayers, newWidth, activation, probabilistic, learningRate, firstDecay,
                hiddenDecay, lastDecay, afresh);
    }

    /** Returns these parameters with another activation. */
    public EnsembleParameters withActivation(Activation newActivation) {
        return new EnsembleParameters(members, hiddenLayers, width, newActivation, probabilistic, learningRate, firstDecay,
                hiddenDecay, lastDecay, afresh);
    }

    /** Returns these parameters with or without a predicted variance. */
    public EnsembleParameters withProbabilistic(boolean predictsVariance) {
        return new EnsembleParameters(members, hiddenLayers, width, activation, predictsVariance, learningRate, firstDecay,
                hiddenDecay, lastDecay, afresh);
    }

    /** Returns these parameters with another learning rate. */
    public EnsembleParameters withLearningRate(double newLearningRate) {
        return new EnsembleParameters(members, hiddenLayers, width, activation, probabilistic, newLearningRate, firstDecay,
                hiddenDecay, lastDecay, afresh);
    }

    /** Returns these parameters with other weight decays. */
    public EnsembleParameters withWeightDecay(double first, double hidden, double last) {
        return new EnsembleParameters(
                members, hiddenLayers, width, activation, probabilistic, learningRate, first, hidden, last, afresh);
    }

    /** Returns these parameters with or without a new start at every fit. */
    public EnsembleParameters withAfresh(boolean startsAfresh) {
        return new EnsembleParameters(members, hiddenLayers, width, activation, probabilistic, learningRate, firstDecay,
                hiddenDecay, lastDecay, startsAfresh);
    }
}
