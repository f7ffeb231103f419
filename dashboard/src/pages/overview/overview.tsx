import { PageHead } from "@/ui/layout";

export default function Overview() {
  return <PageHead title="Overview" />;
}
