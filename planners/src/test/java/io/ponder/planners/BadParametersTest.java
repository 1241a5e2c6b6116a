package io.ponder.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.Problem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be known to be wrong is said before anything is planned, by name. */
final class BadParametersTest {
    private static final List<Record> PARAMETERS = List.of(
            RandomShootingParameters.DEFAULT, CemParameters.DEFAULT, ICemParameters.DEFAULT, MppiParameters.DEFAULT,
            PathIntegralParameters.ADAPTIVE, PathIntegralParameters.SMPPI, GradientParameters.DEFAULT, CategoricalCemParameters.DEFAULT);

    /** Returns what the constructor says of a copy in which one component has another value; null where it takes it. */
    private static String refusal(Record parameters, int component, Object value) throws ReflectiveOperationException {
        RecordComponent[] components = parameters.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = i == component ? value : components[i].getAccessor().invoke(parameters);
        }
        try {
            parameters.getClass().getDeclaredConstructor(types).newInstance(values);
            return null;
        } catch (InvocationTargetException thrown) {
            assertThat(thrown.getCause()).isInstanceOf(IllegalArgumentException.class);
            return thrown.getCause().getMessage();
        }
    }

    @Test
    void aParameterThatIsNoNumberIsRefusedByName() throws ReflectiveOperationException {
        int tried = 0;
        for (Record parameters : PARAMETERS) {
            RecordComponent[] components = parameters.getClass().getRecordComponents();
            for (int i = 0; i < components.length; i++) {
                if (components[i].getType() != double.class) continue;
                for (double bad : new double[] {Double.NaN, -1, Double.NEGATIVE_INFINITY}) {
                    assertThat(refusal(parameters, i, bad)).as(parameters.getClass().getSimpleName()).contains(components[i].getName(), "" + bad);
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(60);
    }

    @Test
    void aCountBelowOneIsRefusedByName() throws ReflectiveOperationException {
        int tried = 0;
        for (Record parameters : PARAMETERS) {
            RecordComponent[] components = parameters.getClass().getRecordComponents();
            for (int i = 0; i < components.length; i++) {
                if (!List.of("horizon", "iterations", "candidates", "starts", "elites").contains(components[i].getName())) continue;
                for (int bad : new int[] {0, -3}) {
                    assertThat(refusal(parameters, i, bad)).contains(components[i].getName() + " is " + bad);
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(40);
    }

    @Test
    void boundsThatAreCrossedOrNoNumbersAreRefused() {
        var model = new TestModels.DoubleIntegrator();
        float[][] wrong = {{1, -1}, {1, 1}, {Float.NaN, 1}, {-1, Float.NaN}, {Float.NEGATIVE_INFINITY, 1}, {-1, Float.POSITIVE_INFINITY}};
        for (float[] bounds : wrong) {
            assertThatThrownBy(() -> Problem.of(model, new float[] {bounds[0]}, new float[] {bounds[1]}))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("bounds of action 0 are " + bounds[0] + " and " + bounds[1]);
        }
        assertThatThrownBy(() -> Problem.of(model, new float[] {-1}, new float[] {1}).withRestAction(Float.NaN))
                .hasMessageContaining("restAction[0] is NaN");
    }

    @Test
    void covariancesThatAreNoneAreRefused() {
        var problem = Problem.of(new TestModels.DoubleIntegrator(), new float[] {-1}, new float[] {1});
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Mppi.planner(
                    problem, MppiParameters.DEFAULT.withNoise(ActionNoise.ofCovariance(new double[][] {{wrong}})), Execution.rows(1)))
                    .as("covariance " + wrong).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ovariance");
        }
        assertThatThrownBy(() -> ActionNoise.ofCovariance(new double[][] {{1, 0.5}, {0.4, 1}})).hasMessageContaining("covariance[");
    }

    @Test
    void budgetsOfNothingAreRefused() {
        assertThatThrownBy(() -> Budget.wallClock(Duration.ZERO)).hasMessageContaining("wallClock").hasMessageContaining("\nMaybe ");
        assertThatThrownBy(() -> Budget.iterations(0)).hasMessageContaining("iterations is 0");
        assertThatThrownBy(() -> Budget.modelSteps(-1)).hasMessageContaining("modelSteps is -1");
    }
}
