package io.ponder.gpu;

import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.KernelPropagation;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.RolloutExecutor;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.plan.SequenceLaw;
import io.ponder.engine.tensor.CounterRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rolls a whole batch out in one launch of an OpenCL kernel. Roots, keys and either the sequences or the law by which they are drawn go
 * to the device, returns come back; the weights of a learned model go when their version has changed. Where a law asks for the average
 * of the sequences, a second pass of the same launch computes it, and the host waits once.
 *
 * <p>The kernel's memory is taken by the first rollout and again by a larger one. One thread at a time; several executors may run side by
 * side. A launch allocates some kilobytes in Aparapi. A failure of the device is an {@link IllegalStateException}; there is no silent
 * fallback.
 */
public final class OpenClRolloutExecutor implements RolloutExecutor {
    private static final int GPU_AVERAGERS = 32;

    private final WorldModel model;
    private final @Nullable ValueFunction terminalValue;
    private final OpenCLDevice device;
    private final String executedOn;
    private final ColumnKeys modelKeys = new ColumnKeys(1);
    private KernelPlan plan;
    private @Nullable RolloutKernel kernel;
    private RolloutSizes sizes = RolloutSizes.LEAST;
    /** Work items of a group: one for each sample of a tile, but on a processor one that loops over them. */
    private final int itemsOfGroup;
    /** Most groups that average sequences. */
    private final int mostAveragers;
    private Range range;
    private boolean weightsAreStale = true;
    private boolean launched;
    private final SoleUse use = new SoleUse("executor", "make a planner for every thread", "close the planner before its executor");
    private long launches;
    private long bytesMoved;

    /**
     * Creates an executor on the best device and compiles its kernel.
     *
     * @throws IllegalStateException if there is no device, the model has no kernel, or the driver does not compile it
     */
    public OpenClRolloutExecutor(WorldModel model, @Nullable ValueFunction terminalValue) {
        this(model, terminalValue, OpenClDevices.required());
    }

    OpenClRolloutExecutor(WorldModel model, @Nullable ValueFunction terminalValue, OpenCLDevice device) {
        this.model = model;
        this.terminalValue = terminalValue;
        this.device = device;
        executedOn = "opencl: " + OpenClDevices.describe(device);
        plan = stated();
        boolean processor = device.getType() == Device.TYPE.CPU;
        itemsOfGroup = processor ? 1 : RolloutKernel.GROUP;
        // Each works out all weights of its row, so that more of them than can run at once cost time.
        mostAveragers = Math.max(1, processor ? device.getMaxComputeUnits() : GPU_AVERAGERS);
        range = device.createRange(itemsOfGroup, itemsOfGroup);
        var trial = KernelChoice.create(plan, arrays(sizes), sizes.tiles());
        try {
            trial.compile(device);
        } catch (CompileFailedException failure) {
            throw new IllegalStateException("The kernel of this model does not compile on " + executedOn + ": " + failure.getMessage(), failure);
        }
        // A launch of no steps. What was compiled but never launched must not be disposed of, nor what failed to compile: Aparapi's
        // native code frees what it never made, and the JVM dies.
        trial.rows = 1;
        trial.candidates = 1;
        trial.particles = 1;
        trial.stride = 1;
        trial.tilesPerPart = 1;
        trial.tiles = 1;
        trial.averagers = 1;
        DeviceLaunch.run(trial, range, 1, executedOn);
        trial.dispose();
    }

    private KernelPlan stated() {
        KernelPlan made = KernelPlan.of(model, terminalValue);
        List<String> reasons = KernelChoice.reasonsAgainst(made);
        if (reasons.isEmpty()) return made;
        throw new IllegalStateException("This model has no OpenCL kernel: " + String.join(" ", reasons)
                + "\nMaybe plan with it on the CPU.");
    }

    private RolloutKernel.Arrays arrays(RolloutSizes wanted) {
        EnsembleLayout.Numbers numbers = KernelChoice.numbers(plan);
        return new RolloutKernel.Arrays(
                new float[Math.multiplyExact(plan.spec().stateSize(), wanted.rows())],
                new int[Math.multiplyExact(RolloutKernel.KEY_WORDS, wanted.rows())],
                new float[wanted.actions()],
                new float[wanted.drawn()],
                new float[wanted.law()],
                numbers.weights(),
                numbers.shape(),
                new float[wanted.returns()],
                new float[wanted.prices()],
                new float[wanted.averages()],
                new float[wanted.likelihoods()]);
    }

    @Override
    public void rollout(RolloutRequest request) {
        use.run(executedOn, () -> rollOut(request));
    }

    private void rollOut(RolloutRequest request) {
        SequenceLaw asked = request.law();
        SequenceLaw law = asked != null && asked.kind() != SequenceLaw.Kind.UNSTATED ? asked : null;
        if (law == null) request.sampleBlock(0, request.actionColumns());
        RolloutKernel k = reserve(request, law);
        refreshWeights(k);
        write(k, request, law);
        launch(k, law != null && law.averaged() ? 2 : 1);
        read(k, request, law);
        use.succeeded();
        request.drawnElsewhere(law != null);
    }

    /** Returns the kernel, made anew where the request is larger than all before. */
    private RolloutKernel reserve(RolloutRequest request, @Nullable SequenceLaw law) {
        RolloutSizes wanted = RolloutSizes.of(plan, request, law, mostAveragers);
        RolloutKernel made = kernel;
        if (made != null && sizes.hold(wanted)) return made;
        RolloutSizes larger = sizes.orMore(wanted);
        made = KernelChoice.create(plan, arrays(larger), larger.tiles());
        // What the device cannot hold is refused, and what it holds stays.
        checkMemory(made);
        dispose();
        sizes = larger;
        made.setExplicit(true);
        kernel = made;
        weightsAreStale = true;
        return made;
    }

    private void dispose() {
        if (kernel != null && launched) kernel.dispose();
        kernel = null;
        launched = false;
    }

    private void checkMemory(RolloutKernel made) {
        long largest = 0;
        long total = 0;
        for (float[] array : List.of(made.actions, made.drawn, made.law, made.weights, made.returns, made.likelihoods,
                made instanceof EnsembleKernel ensemble ? ensemble.units : made.roots)) {
            largest = Math.max(largest, 4L * array.length);
            total += 4L * array.length;
        }
        DeviceMemory.check(device, largest, total, "A batch of rollouts", "Maybe plan with fewer candidates.");
    }

    /** Sends the weights if something was learned since they were sent. */
    private void refreshWeights(RolloutKernel k) {
        if (KernelPlan.version(model, terminalValue) != plan.version()) {
            plan = stated();
            EnsembleLayout.Numbers numbers = KernelChoice.numbers(plan);
            System.arraycopy(numbers.weights(), 0, k.weights, 0, k.weights.length);
            System.arraycopy(numbers.shape(), 0, k.shape, 0, k.shape.length);
            weightsAreStale = true;
        }
        if (!weightsAreStale) return;
        k.put(k.weights);
        k.put(k.shape);
        bytesMoved += 4L * k.weights.length + 4L * k.shape.length;
        weightsAreStale = false;
    }

    private void write(RolloutKernel k, RolloutRequest request, @Nullable SequenceLaw law) {
        k.rows = request.rows();
        k.candidates = request.candidates();
        k.particles = request.particles();
        k.horizon = request.horizon();
        k.actionSize = request.actionSize();
        k.stateSize = plan.spec().stateSize();
        k.stride = KernelChoice.stride(plan);
        k.tilesPerPart = KernelChoice.tilesPerPart(plan, k.candidates * k.particles);
        k.tiles = k.rows * k.stride * k.tilesPerPart;
        k.averagers = Math.min(mostAveragers, Math.min(k.tiles, k.rows * k.horizon * k.actionSize));
        k.discountFactor = plan.discount();
        k.drawing = RolloutKernel.DRAW_GIVEN;
        k.pricing = RolloutKernel.PRICE_NONE;
        k.fixedTemperature = 1;
        k.shareWanted = 0;
        System.arraycopy(request.roots().values(), 0, k.roots, 0, k.stateSize * k.rows);
        writeKeys(k, request);
        put(k, k.roots);
        k.put(k.keys);
        bytesMoved += 4L * k.keys.length;
        if (law == null) {
            System.arraycopy(request.actions(), 0, k.actions, 0, k.horizon * k.actionSize * request.actionColumns());
            put(k, k.actions);
            return;
        }
        k.drawing = law.kind() == SequenceLaw.Kind.NORMAL ? RolloutKernel.DRAW_NORMAL : RolloutKernel.DRAW_UNIFORM;
        k.pricing = switch (law.price()) {
            case NONE -> RolloutKernel.PRICE_NONE;
            case LINEAR -> RolloutKernel.PRICE_LINEAR;
            case ABSOLUTE -> RolloutKernel.PRICE_ABSOLUTE;
        };
        if (law.averaged()) {
            k.fixedTemperature = law.temperature();
            k.shareWanted = law.effectiveShare();
        }
        law.write(k.law);
        put(k, k.law);
    }

    private void writeKeys(RolloutKernel k, RolloutRequest request) {
        KernelEnsemble ensemble = plan.ensemble();
        int members = ensemble != null && ensemble.propagation() == KernelPropagation.MEMBER_PER_ROLLOUT ? ensemble.network().members() : 1;
        for (int b = 0; b < k.rows; b++) {
            long key = request.keys()[b];
            modelKeys.set(0, 1, key, 0);
            int key0 = modelKeys.key0()[0];
            int key1 = modelKeys.key1()[0];
            k.keys[b] = (int) key;
            k.keys[k.rows + b] = (int) (key >>> 32);
            k.keys[2 * k.rows + b] = key0;
            k.keys[3 * k.rows + b] = key1;
            k.keys[4 * k.rows + b] = CounterRandom.below(members, key0, key1, -1, 0);
        }
    }

    private void put(RolloutKernel k, float[] array) {
        k.put(array);
        bytesMoved += 4L * array.length;
    }

    private void launch(RolloutKernel k, int passes) {
        int wanted = Math.multiplyExact(k.tiles, itemsOfGroup);
        if (range.getGlobalSize(0) != wanted) range = device.createRange(wanted, itemsOfGroup);
        use.risk();
        DeviceLaunch.expect(k.returns, k.rows * k.candidates * k.particles);
        DeviceLaunch.run(k, range, passes, executedOn);
        launches += passes;
        launched = true;
    }

    private void read(RolloutKernel k, RolloutRequest request, @Nullable SequenceLaw law) {
        DeviceLaunch.fetch(k, k.returns, request.rollouts(), executedOn);
        bytesMoved += 4L * k.returns.length;
        System.arraycopy(k.returns, 0, request.returns(), 0, request.rollouts());
        if (law == null) return;
        if (law.price() != SequenceLaw.Price.NONE) {
            k.get(k.prices);
            bytesMoved += 4L * k.prices.length;
            System.arraycopy(k.prices, 0, law.prices(), 0, request.actionColumns());
        }
        if (law.averaged()) {
            k.get(k.average);
            bytesMoved += 4L * k.average.length;
            System.arraycopy(k.average, 0, law.average(), 0, law.average().length);
        }
    }

    @Override
    public String executedOn() {
        return executedOn;
    }

    @Override
    public long launches() {
        return launches;
    }

    @Override
    public long bytesMoved() {
        return bytesMoved;
    }

    @Override
    public void close() {
        use.close(this::dispose);
    }
}
