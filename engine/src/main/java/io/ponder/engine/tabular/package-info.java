/**
 * What a finite Markov decision process is. A {@link io.ponder.engine.tabular.TabularMdp} lists the outcomes of every action in every
 * state; termination is a property of the transition, not of the state. {@link io.ponder.engine.tabular.MdpTable} stores one compactly,
 * {@link io.ponder.engine.tabular.ValueIteration} solves one in double precision, and
 * {@link io.ponder.engine.tabular.TabularEnvironment} plays one. {@link io.ponder.engine.tabular.EmpiricalMdp} is one made of counts.
 *
 * <p>Solvers: {@link io.ponder.engine.tabular.PolicyIteration} (exact), {@link io.ponder.engine.tabular.BackwardInduction} (episodes of fixed
 * length), {@link io.ponder.engine.tabular.RelativeValueIteration} (average reward), {@link io.ponder.engine.tabular.ExtendedValueIteration}
 * (the most optimistic process nearby), {@link io.ponder.engine.tabular.BeliefPlanning} (a hidden context), and
 * {@link io.ponder.engine.tabular.QLearning} without a model.
 */
@NullMarked
package io.ponder.engine.tabular;

import org.jspecify.annotations.NullMarked;
