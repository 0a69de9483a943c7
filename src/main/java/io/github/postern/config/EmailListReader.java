package io.github.postern.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads an {@link EmailList}: CSV, of each line the first field; {@code #} begins a comment, every line has as many fields as
 * the first.
 */
final class EmailListReader {
    private static final ObjectReader CSV =
            new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.TRIM_SPACES);

    private final Findings findings;
    private final Set<String> addresses = new HashSet<>();
    private int fields;

    private EmailListReader(Findings findings) {
        this.findings = findings;
    }

    /** The list; what it returns besides mistakes does not count. */
    static EmailList read(byte[] bytes, Findings findings) {
        var reader = new EmailListReader(findings);
        TextFile.decode(bytes, findings).ifPresent(reader::lines);
        return new EmailList(reader.addresses);
    }

    /**
     * An editor that saves a file may empty it first. Taken at its word it would lock everybody out for that moment, so an empty
     * file is none: what was in force stays. Who means nobody writes a comment.
     */
    private void lines(String text) {
        if (text.isBlank()) {
            findings.mistake("the file is empty; write an address, or a line with # if you mean nobody");
            return;
        }
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size() && findings.mistakes().isEmpty(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                line(line, i + 1);
            }
        }
    }

    private void line(String line, int number) {
        try {
            String[] row = CSV.readValue(line);
            add(row, number);
        } catch (JsonProcessingException e) {
            findings.mistake("line " + number + " is no CSV; write one address a line, without quotation marks");
        }
    }

    /** Another number of fields is what a line break or a comma in the wrong place looks like. */
    private void add(String[] row, int line) {
        if (fields == 0) {
            fields = row.length;
        }
        if (row.length != fields) {
            findings.mistake("line " + line + " has " + row.length + " fields, and the first line " + fields
                    + "; write one address a line");
        } else if (row.length > 0 && !row[0].isBlank()) {
            addresses.add(EmailList.asciiLower(row[0].strip())); // blanks within quotation marks too
        }
    }
}
