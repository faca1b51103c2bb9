package io.channelbox.examples.system.uploads;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channelbox.auth.NotAllowedException;
import io.channelbox.conversation.ConversationId;
import io.channelbox.conversation.Conversations;
import io.channelbox.examples.system.people.BearerFilter;
import io.channelbox.message.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes pictures and files, as the body of a request, and gives them to those who may see them. */
@RestController
class UploadController {

    /** What was uploaded. A message names the URL. */
    record UploadJson(String url, String name, String contentType, long size) {

        static UploadJson of(Upload upload) {
            return new UploadJson(upload.url(), upload.name(), upload.contentType(), upload.size());
        }
    }

    private final Conversations conversations;
    private final Uploads uploads;
    private final AttachedFiles files;

    UploadController(Conversations conversations, Uploads uploads, AttachedFiles files) {
        this.conversations = conversations;
        this.uploads = uploads;
        this.files = files;
    }

    /** Whoever may speak in a conversation may upload to it. */
    @PostMapping(
            path = "/api/v1/chat/conversations/{id}/uploads",
            consumes = {"!application/x-www-form-urlencoded", "!multipart/form-data"})
    UploadJson upload(
            @RequestAttribute(BearerFilter.USER) UserId me,
            @PathVariable long id,
            @RequestParam String name,
            HttpServletRequest request)
            throws IOException {
        ConversationId conversation = conversation(id);
        conversations.requireVoice(me, conversation);
        return UploadJson.of(uploads.keep(me, conversation, name, request.getInputStream()));
    }

    private static ConversationId conversation(long id) {
        if (id < 1) {
            throw new NotAllowedException();
        }
        return new ConversationId(id);
    }

    /** Pictures may be shown, everything else is a download; in a browser that opens one by itself, nothing of it runs. */
    @GetMapping(Upload.PATH + "{id}")
    ResponseEntity<Resource> download(@RequestAttribute(BearerFilter.USER) UserId me, @PathVariable String id) {
        Upload found =
                uploads.find(id).filter(upload -> files.isSeenBy(me, upload)).orElseThrow(NotAllowedException::new);
        ContentDisposition.Builder disposition =
                FileType.isShown(found.contentType()) ? ContentDisposition.inline() : ContentDisposition.attachment();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(found.contentType()))
                .header(
                        "Content-Disposition",
                        disposition.filename(found.name(), UTF_8).build().toString())
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(new FileSystemResource(uploads.fileOf(found)));
    }
}
