/**
 * What the tests of every module share. Each module compiles this folder with its own tests, so there is no extra
 * artifact and the order in which modules are built does not matter.
 */
@NullMarked
package io.ponder.testing;

import org.jspecify.annotations.NullMarked;
