package io.ponder.gpu;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test class where there is no OpenCL device, and says how to get one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsOpenCl.Condition.class)
@interface NeedsOpenCl {
    /** Looks for a device. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return OpenClDevices.best().isPresent()
                    ? ConditionEvaluationResult.enabled("there is an OpenCL device")
                    : ConditionEvaluationResult.disabled("no OpenCL device; \"apt-get install pocl-opencl-icd\" gives one that runs on the CPU");
        }
    }
}
