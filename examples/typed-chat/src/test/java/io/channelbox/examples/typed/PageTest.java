package io.channelbox.examples.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void whatUsersWriteIsEscaped() {
        var page = new Page("<h1 title=\"{{name}}\">{{name}}</h1>");

        assertEquals(
                "<h1 title=\"&lt;b onclick=&quot;&#39;&amp;\">&lt;b onclick=&quot;&#39;&amp;</h1>",
                page.with("name", "<b onclick=\"'&").html());
    }

    @Test
    void aTextIsNotTakenForAPlace() {
        var page = new Page("{{room}} {{user}}");

        assertEquals(
                "&#123;&#123;user}} ann",
                page.with("room", "{{user}}").with("user", "ann").html());
    }
}
