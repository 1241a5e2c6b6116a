/**
 * Batched rollouts on an OpenCL device through Aparapi.
 *
 * <p>The only place that sees Aparapi. Kernels implement the rollout interface of the engine, are found with
 * {@link java.util.ServiceLoader}, and need {@code --enable-native-access=ALL-UNNAMED} on JDK 22 and later.
 */
@NullMarked
package io.ponder.gpu;

import org.jspecify.annotations.NullMarked;
