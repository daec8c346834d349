import NablaCampaigns
import NablaVerification
import Testing

@Suite struct `Laws of the campaign` {
  @Test func `every row can be read`() {
    #expect(Laws.unreadable.isEmpty)
  }
}
