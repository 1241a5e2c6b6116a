/**
 * How a policy is improved by action values. A {@link io.ponder.planners.policy.PolicyOperator} takes the policy at one
 * decision and the values of its actions, and answers the policy that does best among those near it; operators differ in what
 * counts as near.
 */
@NullMarked
package io.ponder.planners.policy;

import org.jspecify.annotations.NullMarked;
