package io.channelbox.containers.jetty;

/** The same with nothing but the Jakarta API. */
class JettyPortableTest extends JettyTest {

    @Override
    protected boolean isPortable() {
        return true;
    }
}
