package io.channelbox.examples.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseUrlTest {

    @Test
    void theFormOfTheOriginalIsTurnedIntoJdbc() {
        var url = DatabaseUrl.of("postgres://chat:p%40ss%3Aword+1@db.example:5433/talk?sslmode=require");

        assertEquals("jdbc:postgresql://db.example:5433/talk?sslmode=require", url.jdbc());
        assertEquals(Optional.of("chat"), url.user());
        assertEquals(Optional.of("p@ss:word+1"), url.password());
        assertEquals(
                "jdbc:postgresql://localhost/chat",
                DatabaseUrl.of("postgresql+asyncpg://localhost/chat").jdbc());
    }

    @Test
    void jdbcIsTakenAsItIsAndSqliteFromThePathOfItsFile() {
        assertEquals(
                "jdbc:sqlite:chat.db", DatabaseUrl.of("jdbc:sqlite:chat.db").jdbc());
        assertEquals(
                "jdbc:sqlite:./chat.db", DatabaseUrl.of("sqlite:///./chat.db").jdbc());
    }

    @Test
    void whatIsRefusedIsNotRepeatedSinceThereMayBeAPasswordInIt() {
        for (String wrong :
                List.of("mysql://ann:secret@host/db", "postgres://ann:secret@host", "postgres://secret pw@h/d", "")) {
            var refused = assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.of(wrong));

            assertFalse(String.valueOf(refused.getMessage()).contains("secret"));
        }
    }
}
