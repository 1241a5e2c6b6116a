package io.ponder.engine.plan;

import io.ponder.engine.nn.BatchEvaluator;
import io.ponder.engine.nn.BatchEvaluatorProvider;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.Node;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Says where a planner's imagined rollouts run, or the networks of a tree search. */
public enum Backend {
    /** On the processor. */
    CPU,
    /** On an OpenCL device; an error where there is none or the model cannot run there. */
    OPENCL,
    /** On whichever of the two is faster for the planner's shape, measured on its first rollouts. */
    AUTO;

    private static final String NAME = "opencl";

    /** Returns the maker of OpenCL executors, empty where its module is not on the class path. */
    public static Optional<RolloutExecutorProvider> openCl() {
        for (RolloutExecutorProvider provider : ServiceLoader.load(RolloutExecutorProvider.class)) {
            if (provider.backend().equals(NAME)) return Optional.of(provider);
        }
        return Optional.empty();
    }

    /** Returns why {@link #OPENCL} cannot be had for a problem, one sentence each; empty where it can. */
    public static List<String> reasonsAgainstOpenCl(Problem problem) {
        Optional<RolloutExecutorProvider> provider = openCl();
        if (provider.isEmpty()) return List.of("The module ponder-gpu-kernels is not on the class path.");
        if (provider.get().devices().isEmpty()) return List.of("There is no OpenCL device.");
        return provider.get().reasonsAgainst(problem.model(), problem.terminalValue());
    }

    /**
     * Returns an executor for one planner; the caller closes it, after the planner.
     *
     * @throws IllegalStateException if {@link #OPENCL} is asked for and cannot be had; the message says why
     */
    public RolloutExecutor open(Problem problem) {
        if (this == CPU) return new CpuRolloutExecutor(problem.model());
        List<String> reasons = reasonsAgainstOpenCl(problem);
        if (!reasons.isEmpty()) {
            if (this == AUTO) return new MeasuredRolloutExecutor(new CpuRolloutExecutor(problem.model()), null, String.join(" ", reasons));
            throw cannotBeHad(reasons);
        }
        RolloutExecutor device = openCl().orElseThrow().create(problem.model(), problem.terminalValue());
        if (this == OPENCL) return device;
        return new MeasuredRolloutExecutor(new CpuRolloutExecutor(problem.model()), device, "");
    }

    private static IllegalStateException cannotBeHad(List<String> reasons) {
        return new IllegalStateException("OpenCL was asked for, but it cannot be had: " + String.join(" ", reasons)
                + "\nMaybe install a driver (PoCL runs on any CPU), or ask for the backend cpu or auto.");
    }

    /** Returns the maker of OpenCL evaluators of networks, empty where its module is not on the class path. */
    private static Optional<BatchEvaluatorProvider> openClEvaluators() {
        for (BatchEvaluatorProvider provider : ServiceLoader.load(BatchEvaluatorProvider.class)) {
            if (provider.backend().equals(NAME)) return Optional.of(provider);
        }
        return Optional.empty();
    }

    /** Returns why {@link #OPENCL} cannot compute these outputs of a network, one sentence each; empty where it can. */
    public static List<String> reasonsAgainstOpenCl(Network network, Node... outputs) {
        Optional<BatchEvaluatorProvider> provider = openClEvaluators();
        if (provider.isEmpty()) return List.of("The module ponder-gpu-kernels is not on the class path.");
        if (provider.get().devices().isEmpty()) return List.of("There is no OpenCL device.");
        return provider.get().reasonsAgainst(network, outputs);
    }

    /**
     * Returns an evaluator of outputs of a network for one thread; the caller closes it. {@link #AUTO} is the CPU where there are reasons
     * against OpenCL.
     *
     * @throws IllegalStateException if {@link #OPENCL} is asked for and cannot be had; the message says why
     */
    public BatchEvaluator open(Network network, Node... outputs) {
        if (this == CPU) return BatchEvaluator.onCpu(network, outputs);
        List<String> reasons = reasonsAgainstOpenCl(network, outputs);
        if (!reasons.isEmpty()) {
            if (this == AUTO) return BatchEvaluator.onCpu(network, outputs);
            throw cannotBeHad(reasons);
        }
        BatchEvaluator device = openClEvaluators().orElseThrow().create(network, outputs);
        return this == OPENCL ? device : new MeasuredBatchEvaluator(BatchEvaluator.onCpu(network, outputs), device);
    }
}
