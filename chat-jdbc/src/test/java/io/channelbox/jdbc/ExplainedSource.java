package io.channelbox.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Asks a database how it does each statement, with the arguments it has, before it does. Used by one thread. */
final class ExplainedSource {

    private final DataSource real;
    private final String explain;
    private final Map<String, List<String>> plans = new LinkedHashMap<>();

    ExplainedSource(DataSource real, String explain) {
        this.real = real;
        this.explain = explain;
    }

    /** Returns the lines of the plan of each statement that was done. */
    Map<String, List<String>> plans() {
        return plans;
    }

    DataSource source() {
        return proxy(DataSource.class, (method, arguments) -> connection(real.getConnection()));
    }

    private Connection connection(Connection connection) {
        return proxy(
                Connection.class,
                (method, arguments) -> method.getName().equals("prepareStatement")
                        ? statement(connection, (String) arguments[0])
                        : method.invoke(connection, arguments));
    }

    private PreparedStatement statement(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        PreparedStatement explaining = connection.prepareStatement(explain + sql);
        return proxy(PreparedStatement.class, (method, arguments) -> {
            switch (method.getName()) {
                case "setObject" -> explaining.setObject((Integer) arguments[0], arguments[1]);
                case "executeQuery", "executeUpdate" -> plans.put(sql, lines(explaining));
                case "close" -> explaining.close();
                default -> {}
            }
            return method.invoke(statement, arguments);
        });
    }

    private static List<String> lines(PreparedStatement explaining) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet row = explaining.executeQuery()) {
            int last = row.getMetaData().getColumnCount(); // what it says for people
            while (row.next()) {
                lines.add(row.getString(last).strip());
            }
        }
        return lines;
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
