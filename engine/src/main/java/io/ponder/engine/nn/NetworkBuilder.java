package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Declares a network: inputs, operations on them in order, and parameters. {@link #build} ends it.
 *
 * <p>Every method that takes nodes returns the node of the result. An ensemble of E members has one graph; each member has its own
 * parameters unless they are declared shared. Not thread-safe.
 */
public final class NetworkBuilder {
    private static final double BLOCK_EPSILON = 1e-5;

    private final int members;
    private final List<Node> nodes = new ArrayList<>();
    private final List<ParameterTensor> tensors = new ArrayList<>();
    private int parameterCount;
    private int sharedCount;
    private boolean reusing;
    private boolean built;

    /** Starts a network of one member. */
    public NetworkBuilder() {
        this(1);
    }

    /** Starts an ensemble. */
    public NetworkBuilder(int members) {
        this.members = Checks.positive("members", members);
    }

    /**
     * From now on a parameter tensor whose name exists already is used again, so that layers can be applied several times: call the code
     * that declares them once for every application.
     *
     * <pre>{@code
     * builder.reuseNames();
     * for (int k = 0; k < unroll; k++) latent = dynamics(builder, latent, action[k]);      // one set of weights
     * }</pre>
     */
    public NetworkBuilder reuseNames() {
        reusing = true;
        return this;
    }

    /** Declares an input {@code [rows x K]} whose derivative can be asked for. */
    public Node input(String name, int rows) {
        return add(name, Checks.positive("rows of " + name, rows), null, true);
    }

    /** Declares an input {@code [rows x K]} that counts as a constant, such as the target of a loss. */
    public Node target(String name, int rows) {
        return add(name, Checks.positive("rows of " + name, rows), null, false);
    }

    /** Declares a parameter tensor that every member has for itself. */
    public ParameterTensor parameter(String name, Initialiser initialiser, int... shape) {
        return parameter(name, false, initialiser, shape);
    }

    /** Declares a parameter tensor that all members use together. */
    public ParameterTensor sharedParameter(String name, Initialiser initialiser, int... shape) {
        return parameter(name, true, initialiser, shape);
    }

    /**
     * Applies an operation.
     *
     * @throws IllegalArgumentException if the inputs do not fit, or a node belongs to another network
     */
    public Node apply(Operation operation, Node... inputs) {
        Checks.positive("number of inputs", inputs.length);
        int[] rows = new int[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i].owner() != this) throw new IllegalArgumentException("Node " + inputs[i] + " belongs to another network.");
            rows[i] = inputs[i].rows();
        }
        return add(operation.name() + "#" + nodes.size(), operation.rows(rows), operation, true, inputs);
    }

    /** Applies a dense layer, W x + b, with tensors {@code name.weight [out x in]} and {@code name.bias [out]}, the bias starting at 0. */
    public Node dense(String name, Node x, int out, Initialiser weights) {
        return apply(
                new Dense(parameter(name + ".weight", weights, out, x.rows()), parameter(name + ".bias", Initialiser.zeros(), out)), x);
    }

    /** Applies a dense layer without bias. */
    public Node linear(String name, Node x, int out, Initialiser weights) {
        return apply(new Dense(parameter(name + ".weight", weights, out, x.rows()), null), x);
    }

    /** Applies a dense layer with given tensors, {@code weight [out x in]} and {@code bias [out]} or null; several may share them. */
    public Node dense(ParameterTensor weight, @Nullable ParameterTensor bias, Node x) {
        return apply(new Dense(weight, bias), x);
    }

    /**
     * Applies a convolution to a board, {@code [height x width x channels]} to {@code [height x width x out]}, with zeros beyond the edges,
     * stride 1 and tensors {@code name.weight [out x kernel x kernel x in]} and {@code name.bias [out]}, the bias starting at 0.
     *
     * <p>Rows are position-major, (y * width + x) * channels + channel; {@link #positionMajor} brings planes into that order.
     *
     * @param kernel taps along each side, odd
     */
    public Node conv2d(String name, Node x, int height, int width, int out, int kernel, Initialiser weights) {
        int in = channels(x, height, width);
        return conv2d(parameter(name + ".weight", weights, out, kernel, kernel, in),
                parameter(name + ".bias", Initialiser.zeros(), out), height, width, x);
    }

    /** Applies a convolution with given tensors, {@code weight [out x kernelHeight x kernelWidth x in]} and {@code bias [out]} or null. */
    public Node conv2d(ParameterTensor weight, @Nullable ParameterTensor bias, int height, int width, Node x) {
        return apply(new Conv2d(height, width, weight, bias), x);
    }

    /**
     * Applies convolution, normalisation, relu, convolution, normalisation, adds x, and applies relu (He et al. 2016), with as many channels
     * as x has. Layers are {@code name.first}, {@code name.second} and, where normalised, {@code name.firstNorm}, {@code name.secondNorm}.
     *
     * @param normalise whether every column is layer-normalised after each convolution; batch statistics would mix columns
     */
    public Node residualBlock(String name, Node x, int height, int width, int kernel, boolean normalise) {
        int channels = channels(x, height, width);
        Node y = conv2d(name + ".first", x, height, width, channels, kernel, Initialiser.heNormal());
        if (normalise) y = layerNorm(name + ".firstNorm", y, BLOCK_EPSILON);
        y = activation(Activation.RELU, y);
        y = conv2d(name + ".second", y, height, width, channels, kernel, Initialiser.heNormal());
        if (normalise) y = layerNorm(name + ".secondNorm", y, BLOCK_EPSILON);
        return activation(Activation.RELU, add(x, y));
    }

    /** Brings planes {@code [channels x height x width]}, as games observe, into the order {@code [height x width x channels]}. */
    public Node positionMajor(Node planes, int height, int width) {
        return gatherRows(planes, GatherRows.transposition(channels(planes, height, width), height * width));
    }

    /** Brings {@code [height x width x channels]} into the order of planes, {@code [channels x height x width]}. */
    public Node planeMajor(Node x, int height, int width) {
        return gatherRows(x, GatherRows.transposition(height * width, channels(x, height, width)));
    }

    /**
     * Applies one step of a long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000):
     * c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(c'), where i, f, g and o are the four quarters of W [x; h] + b.
     *
     * <p>Tensors are {@code name.weight [4H x (rows of x + H)]}, and {@code name.bias [4H]} with 1 for the forget gates and 0 elsewhere, so that the
     * memory lasts in the beginning (Jozefowicz et al. 2015).
     *
     * @param x     input of the step
     * @param state hidden rows and memory before it
     */
    public RecurrentState lstmCell(String name, Node x, RecurrentState state, Initialiser weights) {
        int size = Checks.same("rows of cell", state.cell().rows(), "rows of hidden", state.hidden().rows());
        Initialiser bias = (values, offset, shape, seed, stream) -> {
            Arrays.fill(values, offset, offset + 4 * size, 0);
            Arrays.fill(values, offset + size, offset + 2 * size, 1);
        };
        return lstmCell(parameter(name + ".weight", weights, 4 * size, x.rows() + size), parameter(name + ".bias", bias, 4 * size), x, state);
    }

    /** Applies one step of a long short-term memory with given tensors; the steps of an unrolled network share them. */
    public RecurrentState lstmCell(ParameterTensor weight, @Nullable ParameterTensor bias, Node x, RecurrentState state) {
        int size = Checks.same("rows of cell", state.cell().rows(), "rows of hidden", state.hidden().rows());
        Checks.same("outputs of " + weight.name(), weight.memberShape()[0], "4 times the rows of hidden", 4 * size);
        Node gates = dense(weight, bias, concat(x, state.hidden()));
        Node inputAndForget = activation(Activation.SIGMOID, slice(gates, 0, 2 * size));
        Node candidate = activation(Activation.TANH, slice(gates, 2 * size, size));
        Node output = activation(Activation.SIGMOID, slice(gates, 3 * size, size));
        Node kept = times(slice(inputAndForget, size, size), state.cell());
        Node cell = add(kept, times(slice(inputAndForget, 0, size), candidate));
        return new RecurrentState(times(output, activation(Activation.TANH, cell)), cell);
    }

    private static int channels(Node x, int height, int width) {
        int positions = Math.multiplyExact(Checks.positive("height", height), Checks.positive("width", width));
        if (x.rows() % positions != 0) {
            throw new IllegalArgumentException("rows of " + x + " is " + x.rows() + ", but it must be a multiple of height * width, " + positions + ".");
        }
        return x.rows() / positions;
    }

    /** Applies an activation function to every entry. */
    public Node activation(Activation function, Node x) {
        return apply(new Activate(function), x);
    }

    /** Applies the exponential linear unit with a scale of its own for negative values. */
    public Node elu(double alpha, Node x) {
        return apply(new ScaledElu(alpha), x);
    }

    /** Applies a softmax to every group of {@code groupSize} consecutive rows; the simplicial normalisation of TD-MPC2 is the same. */
    public Node softmax(int groupSize, Node x) {
        return apply(new Softmax(groupSize), x);
    }

    /** Applies the logarithm of a softmax to every group of {@code groupSize} consecutive rows. */
    public Node logSoftmax(int groupSize, Node x) {
        return apply(new LogSoftmax(groupSize), x);
    }

    /** Normalises every column to mean 0 and variance 1, then scales and shifts it by {@code name.scale} and {@code name.shift}. */
    public Node layerNorm(String name, Node x, double epsilon) {
        return apply(
                new LayerNorm(epsilon, parameter(name + ".scale", Initialiser.constant(1), x.rows()),
                        parameter(name + ".shift", Initialiser.zeros(), x.rows())),
                x);
    }

    /** Divides every column by its root mean square, then scales it by {@code name.scale}. */
    public Node rmsNorm(String name, Node x, double epsilon) {
        return apply(new RmsNorm(epsilon, parameter(name + ".scale", Initialiser.constant(1), x.rows())), x);
    }

    /**
     * Scales every column to span 0 to 1: (x - min) / (max - min + epsilon) (Schrittwieser et al. 2020, appendix G). Columns with
     * max - min below epsilon pass no derivative back; 1e-5 is usual.
     */
    public Node minMaxScale(double epsilon, Node x) {
        return apply(new MinMaxScale(epsilon), x);
    }

    /**
     * Replaces every group of {@code groupSize} consecutive rows by the one-hot code of its largest entry, and passes the derivative back
     * unchanged (Bengio, Leonard and Courville 2013).
     */
    public Node straightThrough(int groupSize, Node x) {
        return apply(new StraightThrough(groupSize), x);
    }

    /**
     * Standardises every row by {@code name.shift} and {@code name.scale}, clamped to +-10. They begin at 0 and 1, no derivative flows to
     * them, and whoever knows the data sets them; an optimiser must leave them alone ({@link ParameterGroups#with}).
     */
    public Node standardise(String name, Node x) {
        return apply(
                new Standardise(parameter(name + ".shift", Initialiser.zeros(), x.rows()),
                        parameter(name + ".scale", Initialiser.constant(1), x.rows())),
                x);
    }

    /** Stacks blocks on top of each other. */
    public Node concat(Node... parts) {
        return apply(new Concat(), parts);
    }

    /** Takes rows {@code from .. from + rows - 1}. */
    public Node slice(Node x, int from, int rows) {
        return apply(new Slice(from, rows), x);
    }

    /** Takes rows in any order; row i of the result is row {@code rows[i]} of x, and a row may be taken several times. */
    public Node gatherRows(Node x, int... rows) {
        return apply(new GatherRows(rows), x);
    }

    /** Adds blocks of equal shape, such as the two branches of a residual layer. */
    public Node add(Node... parts) {
        return apply(new Add(), parts);
    }

    /** Multiplies two blocks of equal shape, entry by entry. */
    public Node times(Node x, Node y) {
        return apply(new Times(), x, y);
    }

    /** Computes factor * x + shift with constants. */
    public Node affine(double factor, double shift, Node x) {
        return apply(new Affine(factor, shift), x);
    }

    /** Sums every column: one row. */
    public Node sumRows(Node x) {
        return apply(new SumOfRows(false), x);
    }

    /** Takes the mean of every column: one row. */
    public Node meanRows(Node x) {
        return apply(new SumOfRows(true), x);
    }

    /** Passes x on and no derivative back. */
    public Node stopGradient(Node x) {
        return apply(GradientGate.stop(), x);
    }

    /** Passes x on and {@code factor} times the derivative back. */
    public Node scaleGradient(double factor, Node x) {
        return apply(GradientGate.scale(factor), x);
    }

    /**
     * Bounds a log-variance softly from above and below by learned vectors {@code name.max} and {@code name.min}, shared by all members,
     * which start at 0.5 and -10 (Chua et al. 2018).
     */
    public Node boundedLogVariance(String name, Node raw) {
        return apply(
                new BoundedLogVariance(sharedParameter(name + ".max", Initialiser.constant(0.5f), raw.rows()),
                        sharedParameter(name + ".min", Initialiser.constant(-10), raw.rows())),
                raw);
    }

    /** Computes the mean over rows of (mean - target)^2 exp(-logVariance) + logVariance: one row. */
    public Node gaussianNll(Node mean, Node logVariance, Node target) {
        return apply(new GaussianNll(), mean, logVariance, target);
    }

    /** Computes the mean over rows of (x - target)^2: one row. */
    public Node squaredError(Node x, Node target) {
        return apply(new SquaredError(), x, target);
    }

    /** Computes the cross entropy of softmax(logits) against target probabilities, which need not sum to 1: one row. */
    public Node crossEntropy(Node logits, Node target) {
        return apply(new CrossEntropy(), logits, target);
    }

    /**
     * Computes -cos(x, target): one row, from -1 where they point the same way to 1. The derivative flows to both; a loss as
     * EfficientZero's gives a {@link #target} or {@link #stopGradient} as the second.
     *
     * @param epsilon added, squared, to the squared lengths; 1e-5 is usual
     */
    public Node negativeCosine(double epsilon, Node x, Node target) {
        return apply(new NegativeCosine(epsilon), x, target);
    }

    /**
     * Computes the log-densities of S actions a column under a normal that is squashed by tanh: one row an action.
     *
     * <p>Sampled MuZero's policy loss against search probabilities {@code target [S x K]} is then
     * {@code affine(-1, 0, sumRows(times(target, logDensity)))}, or, renormalised over the S actions,
     * {@code crossEntropy(logDensity, target)}. An action of an environment is scaled to (-1, 1) beforehand, a = 2 (x - low) / (high - low) - 1; that
     * changes its log-density by a constant, which neither loss sees.
     *
     * @param mean                 mean before the squashing, {@code [A x K]}
     * @param logStandardDeviation its logarithm of the standard deviation, {@code [A x K]}; to be bounded by the caller
     * @param actions              squashed actions {@code [S x A x K]}, clamped to +-(1 - 1e-6)
     * @return log-densities {@code [S x K]}
     */
    public Node tanhGaussianLogDensity(Node mean, Node logStandardDeviation, Node actions) {
        return apply(new TanhGaussian(), mean, logStandardDeviation, actions);
    }

    /**
     * Ends the declaration and draws the parameters.
     *
     * @param seed see {@link Network#initialise}
     */
    public Network build(long seed) {
        requireOpen();
        built = true;
        Network network = new Network(members, nodes, tensors, parameterCount, sharedCount);
        network.initialise(seed);
        return network;
    }

    private ParameterTensor parameter(String name, boolean shared, Initialiser initialiser, int... shape) {
        requireOpen();
        for (ParameterTensor tensor : tensors) {
            if (!tensor.name().equals(name)) continue;
            if (reusing && tensor.shared() == shared && Arrays.equals(tensor.memberShape(), shape)) return tensor;
            throw new IllegalArgumentException("A parameter tensor " + name + (reusing ? " of shape " + tensor : "")
                    + " exists already.\nMaybe two layers have one name" + (reusing ? " but not one shape." : ", or reuseNames() was forgotten."));
        }
        for (int length : shape) Checks.positive("shape of " + name, length);
        var tensor = new ParameterTensor(name, members, shape, parameterCount, shared, sharedCount, initialiser);
        tensors.add(tensor);
        parameterCount = Math.addExact(parameterCount, tensor.size());
        if (shared) sharedCount += tensor.size();
        return tensor;
    }

    private Node add(String name, int rows, @Nullable Operation operation, boolean differentiable, Node... inputs) {
        requireOpen();
        Node node = new Node(this, nodes.size(), name, rows, operation, inputs.clone(), differentiable);
        nodes.add(node);
        return node;
    }

    private void requireOpen() {
        if (built) throw new IllegalStateException("The network is built already; declare everything before build.");
    }
}
