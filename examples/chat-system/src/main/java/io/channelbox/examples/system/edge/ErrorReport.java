package io.channelbox.examples.system.edge;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What Tomcat answers to requests that it takes for none, such as those with an encoded slash; instead of its page. */
public final class ErrorReport extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            PlainRefusal.send(response, status.value(), status.getReasonPhrase());
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("A refusal could not be told", gone);
        }
    }
}
