package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.game.GameRules;
import io.ponder.engine.model.DeviceUse;
import io.ponder.engine.model.JointActions;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.BudgetMeter;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.plan.PlanSchedule;
import io.ponder.engine.plan.SearchPlanner;
import io.ponder.engine.plan.StopReason;
import io.ponder.engine.tensor.KernelChoice;
import io.ponder.engine.tensor.Parallel;
import io.ponder.engine.tensor.SelectionKernels;
import java.util.Arrays;
import org.apache.logging.log4j.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * Plans by growing a search tree from every root: runs a {@link SearchRecipe} on a model.
 *
 * <p>In each simulation all trees of a block go down to an edge without a node, the model is called once for all of them, and
 * the values are carried up. The roots of a call are spread over threads without any barrier, each thread with its own fork
 * of the model. A tree is the same for any number of threads, any other rows beside it and any size of the blocks, unless
 * time ended the call: all random numbers come from the key of the row.
 *
 * <p>The plan holds the chosen action (an index if it is discrete; -1 where the root is the end of an episode), the principal
 * variation as the sequence (NaN beyond the tree) and the root's mean value as predicted return; {@link #result} tells
 * everything else. A logit, reward or value that is not a number is counted in the diagnostics and its action is not taken
 * again; it never reaches the root. Where that leaves no action of a root, the decision is the likeliest legal one. A model that
 * throws ends the search of the block of roots that it was called for, which answer with what was found until then, or with
 * the first legal action (zeros where actions are continuous) where they could not be evaluated; it is counted and logged once.
 *
 * <p>Memory for all simulations is taken at construction; a call in the calling thread allocates nothing once warm, with more
 * threads a small task each. One thread plans at a time; {@link #cancel} may come from any other.
 */
public final class TreeSearch implements SearchPlanner {
    /** Steps of the principal variation at most. */
    private static final int PLAN_STEPS = 16;

    private final SearchRecipe recipe;
    private final SearchTree tree;
    private final int modelActions;
    private final Rerooting rerooting;
    private final TreeShape shape;
    private final Roots roots;
    private final SearchResult result;
    private final Plan plan;
    private final BudgetMeter meter;
    private final RootNoise noise = new RootNoise();
    private final Parallel parallel;
    private final TreeWorker[] workers;
    private final Parallel.Range part = this::runWorkers;
    private final String processor;
    /** What the model asks of another device, or null, and how {@link #executedOn} was said for it. */
    private final @Nullable DeviceUse device;
    private String deviceName = "";
    private String executedOn;
    /** Model steps of a step, and of the evaluation of a leaf. */
    private final int stepCost;
    private final long leafSteps;
    private @Nullable PlanRequest running;
    private boolean untilDecided;
    private boolean failureLogged;

    /**
     * Creates a planner and takes its memory.
     *
     * @param model     offers {@link LatentHeads}, or is searched with uniform priors; continuous actions are sampled. Forked
     *                  for every thread.
     * @param recipe    what to compute
     * @param execution how to run it
     * @throws IllegalArgumentException if the trees do not fit into arrays, or the recipe lists actions that are continuous,
     *                                  or halves edges at the root that open one after the other, or chooses by {@link
     *                                  Thompson} below it, or cannot list tried edges only and the execution asks for it
     */
    public TreeSearch(WorldModel model, SearchRecipe recipe, SearchExecution execution) {
        this.recipe = recipe;
        int rows = execution.rows();
        ModelSpec spec = model.spec();
        LatentHeads heads = model.as(LatentHeads.class);
        int chanceCount = heads == null ? 0 : heads.chanceCount();
        ActionSource source = recipe.actions();
        int edges = source.edges(spec);
        boolean widens = source.open(edges, 1) < edges;
        if (widens && recipe.root() instanceof GumbelHalving) {
            throw new IllegalArgumentException("The recipe " + recipe.name() + " opens edges one after the other, but sequential"
                    + " halving at the root begins with all of them."
                    + "\nMaybe choose by Puct at the root, or give up the Widening.");
        }
        if (recipe.interior().readsReturns() || recipe.chance().readsReturns()) {
            throw new IllegalArgumentException("The recipe " + recipe.name() + " chooses below the root by a rule that reads"
                    + " the spread of returns, which is kept for roots only.\nMaybe choose by Ucb1 or Puct there.");
        }
        shape = new TreeShape(
                edges, chanceCount, spec.players(), spec.stateSize(), spec.tagSize(), source.listsAll() ? 0 : spec.actionSize());
        int[] ownActions = ownActions(model);
        EdgeStorage storage = storage(execution, widens, ownActions != null);
        var one = new SearchTree(1, 1, shape, recipe.backUp(), ownActions, storage, recipe.simulations());
        long affordable = Math.max(1, (execution.bytes() - rows * one.bytesPerRow()) / (rows * one.bytesPerNode()));
        int capacity = (int) Math.min(affordable, Math.addExact(recipe.simulations(), 1 + execution.reserved()));
        tree = new SearchTree(rows, capacity, shape, recipe.backUp(), ownActions, storage, recipe.simulations());
        GameRules rules = model.as(GameRules.class);
        if (rules != null) tree.sideTag = rules.game().positionSize();
        rerooting = new Rerooting(tree);
        modelActions = spec.actionCount();
        if (widens) {
            tree.opened = new int[recipe.simulations() + 2];
            for (int n = 1; n < tree.opened.length; n++) tree.opened[n] = source.open(edges, n);
        }
        roots = new Roots(rows, shape.width(), recipe.root().readsReturns());
        var context = new SearchContext(tree, roots, SelectionKernels.get(), recipe.simulations());
        result = new SearchResult(context, recipe.root());
        plan = new Plan(rows, Math.min(PLAN_STEPS, recipe.maxDepth()), spec.actionSize());
        meter = new BudgetMeter(execution.clock());
        stepCost = model.stepCost();
        leafSteps = recipe.leaf() == null ? 0 : recipe.leaf().modelStepsPerColumn();
        parallel = execution.pool() == null ? Parallel.serial() : Parallel.of(execution.pool(), execution.threads());
        int threads = Math.min(execution.threads(), rows);
        int rowsPerThread = (rows + threads - 1) / threads;
        int block = execution.rowsPerBlock() == 0 ? rowsPerThread : Math.min(rowsPerThread, execution.rowsPerBlock());
        workers = new TreeWorker[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new TreeWorker(context, recipe, model.fork(), result, plan, meter, execution, block);
        }
        processor = "cpu, " + KernelChoice.current().name() + " kernels, " + threads + " threads";
        executedOn = processor;
        device = model.as(DeviceUse.class);
    }

    /** Returns how edges are kept: listed where that was asked for, or where nodes are wide and nothing speaks against it. */
    private EdgeStorage storage(SearchExecution execution, boolean widens, boolean jointly) {
        EdgeStorage wanted = execution.edges();
        if (wanted == EdgeStorage.DENSE) return wanted;
        BackUpRule rule = recipe.backUp();
        String refusal = !recipe.actions().listsAll() || widens ? "not every action has an edge from the start"
                : recipe.interior().untried() == null ? "its rule below the roots does not say which untried edge comes next"
                : shape.chanceCount() > 0 && recipe.chance().untried() == null
                ? "its rule of chance does not say which outcome comes next"
                : rule.proofs() != null ? "it proves values"
                : rule.transpositions() ? "its nodes are shared"
                : jointly ? "players decide at once"
                : execution.reserved() > 0 ? "subtrees are to be kept"
                : null;
        if (wanted == EdgeStorage.AUTOMATIC) {
            return refusal == null && shape.width() > EdgeStorage.WIDE ? EdgeStorage.LISTED : EdgeStorage.DENSE;
        }
        if (refusal != null) {
            throw new IllegalArgumentException("The search " + recipe.name() + " was to list tried edges only (" + wanted
                    + "), but " + refusal + ".\nMaybe leave the choice to EdgeStorage.AUTOMATIC.");
        }
        return wanted;
    }

    /**
     * Returns how many own actions the players have, or null where they do not decide at once or their values are not kept
     * apart.
     */
    private static int @Nullable [] ownActions(WorldModel model) {
        JointActions joint = model.as(JointActions.class);
        int players = model.spec().players();
        if (joint == null || players == 1) return null;
        int[] counts = new int[players];
        for (int p = 0; p < players; p++) counts[p] = joint.ownActionCount(p);
        return counts;
    }

    @Override
    public Plan plan(PlanRequest request, Budget budget) {
        check(request);
        meter.start(budget);
        long launchesBefore = device == null ? 0 : device.launches();
        long bytesBefore = device == null ? 0 : device.bytesMoved();
        StopReason unforced = prepare(request, budget);
        running = request;
        try {
            parallel.forEachRange(workers.length, 1, part);
            record(unforced);
            if (device != null) recordDevice(device, launchesBefore, bytesBefore);
        } finally {
            running = null;
            meter.finish();
        }
        return plan;
    }

    private void recordDevice(DeviceUse used, long launchesBefore, long bytesBefore) {
        plan.diagnostics().recordDevice(used.launches() - launchesBefore, used.bytesMoved() - bytesBefore);
    }

    /** Returns where the search ran: the trees on the processor, the model's networks maybe elsewhere. */
    private String executedOn() {
        if (device == null || device.executedOn().equals(deviceName)) return executedOn;
        deviceName = device.executedOn();
        executedOn = processor + "; networks on " + deviceName;
        return executedOn;
    }

    private void check(PlanRequest request) {
        Checks.same("rows of the request", request.rows(), "rows of the planner", tree.rows);
        Checks.same("columns of the roots", request.roots().columns(), "rows of the planner", tree.rows);
        Checks.same("stateSize of the request", request.roots().stateSize(), "stateSize of the model", tree.stateSize);
        Checks.same("tagSize of the request", request.roots().tagSize(), "tagSize of the model", tree.tagSize);
        boolean[] illegal = request.illegal();
        if (illegal != null) Checks.same("length of the mask", illegal.length, "actions x rows", modelActions * tree.rows);
    }

    /** Fits the simulations into the budget and returns what ends the search if nothing else does. */
    private StopReason prepare(PlanRequest request, Budget budget) {
        // A search that was cancelled had planned for more simulations than it made; it is made again with the same plans.
        PlanSchedule known = budget.schedule();
        int made = (int) Math.min(recipe.simulations(), budget.iterations());
        roots.cut = known == null ? Integer.MAX_VALUE : made;
        long simulations = known == null ? made : Math.min(recipe.simulations(), known.size(0, made));
        // The evaluation of the root is charged as well.
        long affordable = Math.max(1, (budget.modelSteps() / tree.rows - leafSteps) / (stepCost + leafSteps));
        StopReason reason = simulations < recipe.simulations() ? StopReason.ITERATIONS : StopReason.COMPLETED;
        if (affordable < simulations) {
            simulations = affordable;
            reason = StopReason.MODEL_STEPS;
        }
        for (int row = 0; row < tree.rows; row++) {
            roots.keys[row] = request.keys()[row];
            roots.planned[row] = (int) simulations;
            roots.expected[row] = (int) simulations;
        }
        long nodes = (budget.bytes() - tree.rows * tree.bytesPerRow()) / (tree.rows * tree.bytesPerNode());
        tree.limit = (int) Math.max(1, Math.min(tree.capacity, nodes));
        untilDecided = budget.stopsWhenDecided() && recipe.decision().byVisits() && !request.explore();
        return reason;
    }

    private void runWorkers(int from, int to) {
        PlanRequest request = running;
        if (request == null) throw new IllegalStateException("no request");
        for (int i = from; i < to; i++) {
            int first = (int) ((long) tree.rows * i / workers.length);
            int last = (int) ((long) tree.rows * (i + 1) / workers.length);
            workers[i].search(request, noise, untilDecided, first, last);
        }
    }

    private void record(StopReason unforced) {
        StopReason reason = unforced;
        long nonFinite = 0;
        long failures = 0;
        Throwable failure = null;
        plan.diagnostics().schedule().clear();
        result.selectNanos = 0;
        result.modelNanos = 0;
        result.backUpNanos = 0;
        for (TreeWorker worker : workers) {
            meter.chargeModelSteps(worker.modelSteps());
            nonFinite += worker.nonFinite();
            StopReason stopped = worker.stopped();
            if (stopped != null && (reason == unforced || stopped != StopReason.DECIDED)) reason = stopped;
            worker.profile();
            failures += worker.failures();
            if (worker.failure() != null) failure = worker.failure();
        }
        int most = 0;
        for (int row = 0; row < tree.rows; row++) most = Math.max(most, result.simulations[row]);
        meter.chargeIterations(most);
        if (reason == StopReason.CANCELLED) plan.diagnostics().schedule().add(0, roots.planned[0], false, PlanSchedule.ALL);
        plan.diagnostics().record(reason, meter, nonFinite, executedOn());
        plan.diagnostics().recordFailures(failures, failure);
        if (failure != null && !failureLogged) {
            failureLogged = true;
            LogManager.getLogger(TreeSearch.class)
                    .warn("The model throws while {} searches; the search ended there. Later failures are only counted.", name(), failure);
        }
    }

    @Override
    public SearchResult result() {
        return result;
    }

    /**
     * Gives the noise of the roots instead of letting it be drawn, whether a request explores or not: Dirichlet draws for a
     * recipe with {@link DirichletNoise}, standard Gumbel draws (before their scale) for one with {@link GumbelHalving}.
     *
     * @param draws {@code [W x B]}, kept and read by every call; null to draw noise again
     */
    public void giveRootNoise(float @Nullable [] draws) {
        noise.give(draws, tree.width, tree.rows);
    }

    /**
     * Keeps the subtree behind some edges: the next call searches on from it, with the logits and the value of the root that
     * the request brings, and the statistics of before. Call it after {@link #plan}, when the environment has made its step.
     *
     * <p>The value that the request's evaluation gives the root takes the place of the imagined one, with the weight of one
     * visit. Sequential halving is over the simulations of the next call, with the values of all; bounds that are proven stay
     * proven; average strategies of simultaneous decisions go on from what was learnt; of shared nodes those are kept that
     * the new root leads to. Values of {@link Opponents#PARANOID} are those of one player: where another one moves at the new
     * root, the next call starts anew.
     *
     * <p>Subtrees need room ({@link SearchExecution#keeping}); where there is none, a search goes on without new nodes. Below
     * the root of a learned model the imagined states stay. A root with a visited edge that is illegal now starts anew.
     *
     * @param edges the edges from the root down: the action, and where a chance node follows, the outcome
     * @return the visits of the new root; 0 where the tree has no such node, and then the next call starts anew
     * @throws IllegalStateException if the recipe proposes actions, for those of a root are drawn anew in every call, so that
     *                               edges of before would lead elsewhere; or if edges are listed ({@link EdgeStorage}), for a
     *                               list cannot become a root
     */
    public int keepSubtree(int row, int... edges) {
        Checks.inRange("row", row, 0, tree.rows - 1);
        if (!recipe.actions().listsAll()) {
            throw new IllegalStateException("The search " + recipe.name() + " proposes the actions of a root anew in every call, so"
                    + " the edges of an earlier tree would lead elsewhere."
                    + "\nMaybe use a recipe that lists all actions, or let every call start anew.");
        }
        if (tree.lists != null) {
            throw new IllegalStateException("The tree lists tried edges only, and such a tree cannot be continued."
                    + "\nMaybe reserve room with SearchExecution.keeping.");
        }
        int node = tree.used[row] == 0 ? SearchTree.UNVISITED : SearchTree.ROOT;
        for (int i = 0; i < edges.length && node >= 0; i++) node = tree.child(row, node, edges[i]);
        boolean same = node >= 0 && (!tree.paranoid || tree.playerToMove(row, node) == tree.playerToMove(row, SearchTree.ROOT));
        tree.kept[row] = same && tree.kind(row, node) != NodeKind.TERMINAL;
        if (!tree.kept[row]) return 0;
        rerooting.keep(row, node);
        return tree.visits[row * tree.capacity];
    }

    Roots roots() {
        return roots;
    }

    /** Returns the recipe. */
    public SearchRecipe recipe() {
        return recipe;
    }

    /** Forgets subtrees that were kept. */
    @Override
    public void reset(int... rows) {
        for (int row : rows) tree.kept[Checks.inRange("row", row, 0, tree.rows - 1)] = false;
    }

    @Override
    public void resetAll() {
        Arrays.fill(tree.kept, false);
    }

    @Override
    public void cancel() {
        meter.cancel();
    }

    @Override
    public String name() {
        return recipe.name();
    }

    /** Closes the threads' leaf evaluations; the pool belongs to whoever gave it. */
    @Override
    public void close() {
        for (TreeWorker worker : workers) worker.close();
    }
}
