package io.channelbox.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Notes each statement that is given to a database, those that begin and end transactions too. Used by one thread. */
final class CountedSource {

    private final DataSource real;
    private final List<String> statements = new ArrayList<>();

    CountedSource(DataSource real) {
        this.real = real;
    }

    /** Returns what was given since this was asked last. */
    List<String> taken() {
        List<String> taken = List.copyOf(statements);
        statements.clear();
        return taken;
    }

    DataSource source() {
        return proxy(DataSource.class, (method, arguments) -> connection(real.getConnection()));
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("prepareStatement")) {
                statements.add((String) arguments[0]);
            }
            Object made = method.invoke(connection, arguments);
            return method.getName().equals("createStatement") ? statement((Statement) made) : made;
        });
    }

    private Statement statement(Statement statement) {
        return proxy(Statement.class, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                statements.add((String) arguments[0]);
            }
            return method.invoke(statement, arguments);
        });
    }

    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return answer.to(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
