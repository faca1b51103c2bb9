package io.channelbox.examples.system.rest;

import static io.channelbox.examples.system.rest.Asked.require;

import io.channelbox.examples.system.people.Tokens;
import io.channelbox.examples.system.people.Users;
import io.channelbox.message.PeerException;
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

    private final Users users;
    private final Tokens tokens;

    LoginController(Users users, Tokens tokens) {
        this.users = users;
        this.tokens = tokens;
    }

    @PostMapping("/login")
    Token login(@RequestBody Bodies.Login body) {
        String name = require("username", body.username());
        return users.all().stream()
                .filter(each -> each.id().value().equals(name) && name.equals(body.password()))
                .findFirst()
                .map(each ->
                        new Token(tokens.issue(each.id()), "bearer", each.id().value()))
                .orElseThrow(() -> new PeerException(PeerException.NOT_AUTHENTICATED, "Wrong name or password"));
    }
}
