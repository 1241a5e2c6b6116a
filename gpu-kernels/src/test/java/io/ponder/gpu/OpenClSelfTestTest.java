package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@NeedsOpenCl
class OpenClSelfTestTest {
    @Test
    void everyDeviceHereDrawsTheSameWordsAndReturns() {
        assertThat(OpenClSelfTest.run()).hasSameSizeAs(OpenClDevices.list()).allSatisfy(result -> {
            assertThat(result.detail()).startsWith("0 of 2048 random words differ");
            assertThat(result.passed()).isTrue();
        });
    }
}
