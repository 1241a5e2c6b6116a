/**
 * What a finite Markov decision process is. A {@link io.ponder.engine.tabular.TabularMdp} lists the outcomes of every action in every
 * state; termination is a property of the transition, not of the state. {@link io.ponder.engine.tabular.MdpTable} stores one compactly,
 * {@link io.ponder.engine.tabular.ValueIteration} solves one in double precision, and
 * {@link io.ponder.engine.tabular.TabularEnvironment} plays one.
 */
@NullMarked
package io.ponder.engine.tabular;

import org.jspecify.annotations.NullMarked;
