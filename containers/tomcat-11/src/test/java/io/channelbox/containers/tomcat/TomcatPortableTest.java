package io.channelbox.containers.tomcat;

/** The same with the asynchronous remote, on the container's threads. */
class TomcatPortableTest extends TomcatTest {

    @Override
    protected boolean isPortable() {
        return true;
    }
}
