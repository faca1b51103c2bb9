package io.channelbox.containers.undertow;

/** The same with nothing but the Jakarta API. */
class UndertowPortableTest extends UndertowTest {

    @Override
    protected boolean isPortable() {
        return true;
    }
}
