// What exactly would be created: the plan, the manifests, the Workflow. Only the tab that is open is rendered, and after the answer to a
// keystroke has been painted.
import { Tab, TabList, TabPanel, Tabs, Text } from '@backstage/ui';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import type { Blueprint } from '../model/fields';
import type { Parameters, Policy } from '../policy';
import type { RequestForm } from '../useRequestForm';
import { PlanView } from './PlanView';
import styles from './panel.module.css';
import { YamlView } from './YamlView';

interface Shown {
  policy: Policy;
  blueprint: Blueprint;
  /** Nothing while they are not valid. */
  parameters?: Parameters;
  coreVersion: string;
}

/** Tabs are dear to draw: a keystroke, which changes nothing of what is shown yet, leaves them alone. */
const PreviewTabs = memo(PlainPreviewTabs);

export function Preview({ form }: { form: RequestForm }) {
  const { policy, blueprint, parameters, decision } = form;
  // A name that turns out to be taken has a plan all the same.
  const isValid = useMemo(() => policy.decide(blueprint.metadata.name, parameters, {}, false).valid, [policy, blueprint, parameters]);
  const wanted = isValid ? parameters : undefined;
  const { coreVersion } = decision;
  // What can't be planned all looks the same: typing in it draws nothing here.
  const now = useMemo<Shown>(() => ({ policy, blueprint, parameters: wanted, coreVersion }), [policy, blueprint, wanted, coreVersion]);
  return <PreviewTabs shown={useDeferredValue(now)} />;
}

function PlainPreviewTabs({ shown: { policy, blueprint, parameters, coreVersion } }: { shown: Shown }) {
  const [tab, setTab] = useState('plan');
  const of = parameters && { policy, blueprint, parameters };
  return (
    <Tabs selectedKey={tab} onSelectionChange={key => setTab(String(key))}>
      <TabList aria-label="What would be created">
        <Tab id="plan">Plan</Tab>
        <Tab id="manifests">Manifests</Tab>
        <Tab id="workflow">Workflow</Tab>
      </TabList>
      <TabPanel id="plan" className={styles.tab}>
        {of ? <Plan {...of} /> : <NotYet />}
      </TabPanel>
      <TabPanel id="manifests" className={styles.tab}>
        {of ? <Yaml {...of} target="manifests" about="The exact objects, as Argo will apply them." /> : <NotYet />}
      </TabPanel>
      <TabPanel id="workflow" className={styles.tab}>
        {of ? <Yaml {...of} target="workflow" about="What Argo Workflows is given. The request's id comes when you send it." /> : <NotYet />}
      </TabPanel>
      <p className={styles.digest}>{`Decided here by policy ${policy.digest.replace('sha256:', '').slice(0, 12)}, core ${coreVersion}`}</p>
    </Tabs>
  );
}

type Planned = Required<Pick<Shown, 'policy' | 'blueprint' | 'parameters'>>;

function Plan({ policy, blueprint, parameters }: Planned) {
  const plan = useMemo(() => policy.plan(blueprint.metadata.name, parameters), [policy, blueprint, parameters]);
  return <PlanView plan={plan} blueprint={blueprint} />;
}

function Yaml({ policy, blueprint, parameters, target, about }: Planned & { target: 'manifests' | 'workflow'; about: string }) {
  const yaml = useMemo(() => policy.renderYaml(blueprint.metadata.name, parameters, target), [policy, blueprint, parameters, target]);
  return <YamlView text={yaml} fileName={`${target}.yaml`} about={about} />;
}

function NotYet() {
  return (
    <Text as="p" variant="body-medium" color="secondary">
      What would be created stands here as soon as the form is complete.
    </Text>
  );
}
