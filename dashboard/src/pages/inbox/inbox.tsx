import { PageHead } from "@/ui/layout";

export default function Inbox() {
  return <PageHead title="Inbox" />;
}
