package io.fairlead.benchmarks.report;

import static io.fairlead.benchmarks.report.Samples.slice;
import static io.fairlead.benchmarks.report.Samples.slices;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.benchmarks.load.Scenario;
import java.io.StringReader;
import java.util.EnumSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {
  @Test
  void aBarIsAsLongAsTheMedian() throws Exception {
    Slices slices =
        slices(
            slice("nutcracker", 0, 0, 10),
            slice("fairlead", 0, 0, 5),
            slice("nutcracker", 0, 1, 10),
            slice("fairlead", 0, 1, 7),
            slice("nutcracker", 0, 2, 10),
            slice("fairlead", 0, 2, 6));

    Document chart = draw(slices);

    assertThat(chart.getElementsByTagName("rect").getLength()).as("B was not measured").isOne();
    Element bar = (Element) chart.getElementsByTagName("rect").item(0);
    assertThat(bar.getAttribute("width")).as("0.6 of 1.25, which 440 are").isEqualTo("211.2");
    assertThat(chart.getDocumentElement().getTextContent())
        .contains("CPU per request, nutcracker = 1", "A: 50 connections", "0.60");
  }

  @Test
  void whatCostsFarMoreStillFits() throws Exception {
    Document chart = draw(slices(slice("nutcracker", 0, 0, 10), slice("fairlead", 0, 0, 30)));

    Element bar = (Element) chart.getElementsByTagName("rect").item(0);
    assertThat(bar.getAttribute("width")).isEqualTo("440.0");
  }

  private static Document draw(Slices slices) throws Exception {
    String svg = new Chart(slices, "fairlead", "nutcracker").of(EnumSet.of(Scenario.A, Scenario.B));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
