package io.channelbox.codec;

import io.channelbox.message.PeerException;

/**
 * Walks over the fields of one JSON object without making anything of them, and proves on its way that the text is JSON.
 * Values deeper than {@link JsonCodec#DEEPEST} levels are refused. Names that stand twice are for the caller to notice.
 */
final class JsonScanner {

    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private final String json;
    private int at;
    private int depth;
    private boolean first = true;
    private int nameStart;
    private int nameEnd;
    private boolean nameEscaped;

    /** Starts before the first field of the object that the text is. */
    JsonScanner(String json) {
        this.json = json;
        skipBlanks();
        if (peek() != '{') {
            skipValue();
            expectEnd();
            throw new PeerException(PeerException.MALFORMED, "the frame is not a JSON object");
        }
        enter();
    }

    /** Goes to the value of the next field. Returns false at the end, which is also that of the text. */
    boolean nextField() {
        skipBlanks();
        if (peek() == '}') {
            leave();
            expectEnd();
            return false;
        }
        if (!first) {
            expect(',');
            skipBlanks();
        }
        first = false;
        nameStart = at + 1;
        nameEscaped = skipText();
        nameEnd = at - 1;
        skipBlanks();
        expect(':');
        skipBlanks();
        return true;
    }

    /** Tells whether the field has this name. */
    boolean isNamed(String name) {
        return nameEscaped
                ? name().equals(name)
                : nameEnd - nameStart == name.length() && json.startsWith(name, nameStart);
    }

    /** Returns the name of the field. */
    String name() {
        return nameEscaped ? unescaped(nameStart, nameEnd) : json.substring(nameStart, nameEnd);
    }

    /** Returns where in the text this stands: at the value of the field, or behind it. */
    int position() {
        return at;
    }

    boolean isAtText() {
        return peek() == '"';
    }

    boolean isAtNull() {
        return peek() == 'n';
    }

    /** Reads the text this stands at. */
    String text() {
        int start = at + 1;
        return skipText() ? unescaped(start, at - 1) : json.substring(start, at - 1);
    }

    /** Goes behind the value this stands at. */
    void skipValue() {
        switch (peek()) {
            case '{' -> skipObject();
            case '[' -> skipArray();
            case '"' -> skipText();
            case 't' -> skipWord("true");
            case 'f' -> skipWord("false");
            case 'n' -> skipWord("null");
            default -> skipNumber();
        }
    }

    private void skipObject() {
        enter();
        skipBlanks();
        if (peek() != '}') {
            do {
                skipBlanks();
                skipText();
                skipBlanks();
                expect(':');
                skipBlanks();
                skipValue();
                skipBlanks();
            } while (goesOn('}'));
        }
        leave();
    }

    private void skipArray() {
        enter();
        skipBlanks();
        if (peek() != ']') {
            do {
                skipBlanks();
                skipValue();
                skipBlanks();
            } while (goesOn(']'));
        }
        leave();
    }

    private void enter() {
        if (++depth > JsonCodec.DEEPEST) {
            throw malformed();
        }
        at++;
    }

    private void leave() {
        depth--;
        at++;
    }

    /** Goes behind a comma and returns true, or stays before the closing bracket. */
    private boolean goesOn(char closing) {
        if (peek() == closing) {
            return false;
        }
        expect(',');
        return true;
    }

    /** Goes behind a text, and tells whether there are escapes in it. */
    private boolean skipText() {
        expect('"');
        boolean escaped = false;
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw malformed();
            }
            if (c == '\\') {
                escaped = true;
                skipEscape();
            }
        }
        return escaped;
    }

    private void skipEscape() {
        char c = next();
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                if (!isHex(next())) {
                    throw malformed();
                }
            }
        } else if (ESCAPED.indexOf(c) < 0) {
            throw malformed();
        }
    }

    private static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private String unescaped(int start, int end) {
        var text = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            c = json.charAt(++i);
            if (c == 'u') {
                text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
                i += 4;
            } else {
                text.append(MEANT.charAt(ESCAPED.indexOf(c)));
            }
        }
        return text.toString();
    }

    private void skipWord(String word) {
        if (!json.startsWith(word, at)) {
            throw malformed();
        }
        at += word.length();
    }

    private void skipNumber() {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            skipDigits();
        }
        if (peek() == '.') {
            at++;
            skipDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            skipDigits();
        }
    }

    private void skipDigits() {
        if (!isDigit(peek())) {
            throw malformed();
        }
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void skipBlanks() {
        while (at < json.length() && isBlank(json.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private void expectEnd() {
        skipBlanks();
        if (at < json.length()) {
            throw malformed();
        }
    }

    private void expect(char c) {
        if (next() != c) {
            throw malformed();
        }
    }

    private char next() {
        if (at >= json.length()) {
            throw malformed();
        }
        return json.charAt(at++);
    }

    /** Returns the next character; at the end one that no JSON has there. */
    private char peek() {
        return at < json.length() ? json.charAt(at) : '\0';
    }

    private static PeerException malformed() {
        return new PeerException(PeerException.MALFORMED, "the frame is not valid JSON");
    }
}
