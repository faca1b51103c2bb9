package io.channelbox.asyncapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channelbox.channel.Channel;
import io.channelbox.consumer.ChannelConsumer;
import io.channelbox.consumer.ConsumerOptions;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class HtmlPageTest {

    private static final String EVIL = "<script>alert('x')</script>\"&";

    private final String page = AsyncApi.of("Chat", "1", Protocols.all())
            .describedAs("All about it.")
            .toHtml();

    @Test
    void everythingOfTheDocumentCanBeReadThere() {
        for (String text : List.of(
                "<h1>Chat</h1>",
                "All about it.",
                "<h2><code>/ws/chat/{room_id}</code></h2>",
                "<h2><code>room:{id}</code></h2>",
                "<td><code>room_id</code></td><td>A segment of the path, 1 to 200 characters.</td>",
                "<h4><code>say</code></h4>\n<p>Says something to the room.</p>",
                "<td><code>text</code></td><td>string</td><td></td><td>At most 4,000 characters.</td>",
                "<td><code>replyTo</code></td><td>string</td><td><span class=\"dim\">optional</span></td>",
                "<td><code>payload.reply_to</code></td><td>string</td><td><span class=\"dim\">optional</span></td>",
                "<td>array of <a href=\"#record-Attachment\">Attachment</a></td>",
                "<td><code>type</code></td><td><code>&quot;say&quot;</code></td>",
                "string <small>date-time</small>",
                "<td><code>malformed</code></td>",
                "<td><code>4413</code></td><td>too much was waiting to be read</td><td>yes</td>")) {
            assertTrue(page.contains(text), text);
        }
    }

    @Test
    void linksLeadToPlacesOfThePage() {
        Set<String> ids = new HashSet<>(found("id=\"([^\"]+)\""));

        List<String> links = found("href=\"([^\"]+)\"");

        assertTrue(links.size() > 10);
        links.forEach(link -> assertTrue(link.startsWith("#") && ids.contains(link.substring(1)), link));
        assertEquals(ids.size(), found("id=\"([^\"]+)\"").size());
    }

    @Test
    void thePageNeedsNothingElse() {
        for (String outside : List.of("<script", "src=", "http:", "https:", "@import", "url(")) {
            assertFalse(page.contains(outside), outside);
        }
    }

    @Test
    void whatIsWrittenByOthersIsEscaped() {
        String evil = AsyncApi.of(
                        EVIL,
                        EVIL,
                        List.of(Protocols.at("/" + EVIL.replace("/", ""), ConsumerOptions.DEFAULT, Deaf::new)))
                .describedAs(EVIL)
                .withErrorCode(EVIL, EVIL)
                .toHtml();

        assertFalse(evil.contains("<script"));
        assertTrue(evil.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"));
    }

    static final class Deaf extends ChannelConsumer<String> {
        @Override
        protected void onReceive(Channel me, String text) {}
    }

    /** Tags that are closed and nested as they should be: a page is nearly XML. */
    @Test
    void tagsAreClosed() throws ParserConfigurationException, IOException, SAXException {
        String xml = page.replace("<!DOCTYPE html>\n", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private List<String> found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        return matcher.results().map(found -> found.group(1)).toList();
    }
}
