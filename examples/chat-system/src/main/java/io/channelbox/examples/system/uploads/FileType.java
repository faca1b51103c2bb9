package io.channelbox.examples.system.uploads;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may be uploaded, by how it begins. What its name says has to agree. */
enum FileType {
    PNG("image/png", "png", "\u0089PNG\r\n\u001a\n"),
    JPEG("image/jpeg", "jpg jpeg", "\u00ff\u00d8\u00ff"),
    GIF("image/gif", "gif", "GIF8"),
    WEBP("image/webp", "webp", "RIFF") {
        @Override
        boolean fits(String beginning) {
            return super.fits(beginning) && beginning.startsWith("WEBP", 8);
        }
    },
    PDF("application/pdf", "pdf", "%PDF-"),
    ZIP("application/zip", "zip docx xlsx pptx odt ods odp", "PK\u0003\u0004"),
    TEXT("text/plain", "txt md csv log json", "") {
        /** Text has no control characters but those of lines. It is served as a download whatever else it may be. */
        @Override
        boolean fits(String beginning) {
            return beginning.chars().noneMatch(c -> c < ' ' && "\t\n\r\f".indexOf(c) < 0);
        }
    };

    /** How many bytes it takes to know. */
    static final int BEGINNING = 512;

    private final String contentType;
    private final String endings;
    private final String magic;

    FileType(String contentType, String endings, String magic) {
        this.contentType = contentType;
        this.endings = endings;
        this.magic = magic;
    }

    /** Returns what a file is that begins so and has this name; empty when that does not agree, or is nothing we take. */
    static Optional<FileType> of(byte[] bytes, String name) {
        var beginning = new String(bytes, ISO_8859_1);
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.hasEnding(ending) && type.fits(beginning))
                .findFirst();
    }

    private boolean hasEnding(String ending) {
        return List.of(endings.split(" ")).contains(ending);
    }

    boolean fits(String beginning) {
        return beginning.startsWith(magic);
    }

    String contentType() {
        return contentType;
    }

    /** Tells whether browsers may show something of this type: a picture without any script in it. */
    static boolean isShown(String contentType) {
        return contentType.startsWith("image/");
    }
}
