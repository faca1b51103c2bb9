package io.channelbox.soak;

/** Finds values in the server's messages, whose texts have no quotation marks. A parser would cost more than all the rest of a client. */
final class Json {

    private Json() {}

    /** Returns the first text under this name, which is empty when there is none. */
    static String text(String json, String name) {
        int start = json.indexOf("\"" + name + "\":\"");
        if (start == -1) {
            return "";
        }
        start += name.length() + 4;
        return json.substring(start, json.indexOf('"', start));
    }

    /** Returns the first number under this name. */
    static long number(String json, String name) {
        int start = json.indexOf("\"" + name + "\":");
        if (start == -1) {
            throw new IllegalArgumentException("no " + name + " in " + json);
        }
        start += name.length() + 3;
        int end = start;
        while (Character.isDigit(json.charAt(end))) {
            end++;
        }
        return Long.parseLong(json, start, end, 10);
    }
}
