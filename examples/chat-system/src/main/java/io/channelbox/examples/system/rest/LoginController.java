package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.require;

import io.channelbox.conversation.Profile;
import io.channelbox.examples.system.people.Tokens;
import io.channelbox.examples.system.people.Users;
import io.channelbox.message.PeerException;
import io.channelbox.message.UserId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Hands out tokens to the users of the demo, who have their name as the password. An application has its own login. */
@RestController
@ConditionalOnProperty(name = "chat.demo", havingValue = "true")
class LoginController {

    /** A token, and whose it is. */
    record Token(String accessToken, String tokenType, String userId) {}

    private final LoginAttempts attempts = new LoginAttempts();
    private final Users users;
    private final Tokens tokens;

    LoginController(Users users, Tokens tokens) {
        this.users = users;
        this.tokens = tokens;
    }

    @PostMapping("/login")
    Token login(@RequestBody Bodies.Login body, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        String name = require("username", body.username());
        Optional<Profile> known = users.all().stream()
                .filter(each -> each.id().value().equals(name))
                .findFirst();
        var attempt = new LoginAttempts.Attempt(known.map(Profile::id), request.getRemoteAddr());
        attempts.begin(attempt);
        UserId user = known.map(Profile::id)
                .filter(id -> name.equals(body.password()))
                .orElseThrow(() -> new PeerException(PeerException.NOT_AUTHENTICATED, "Wrong name or password"));
        attempts.succeed(attempt);
        return new Token(tokens.issue(user), "bearer", user.value());
    }
}
