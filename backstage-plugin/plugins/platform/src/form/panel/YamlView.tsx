// YAML to read, to copy and to take along as a file.
import { Button } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { CodeBlock } from '../../parts';
import styles from './panel.module.css';

export function YamlView({ text, fileName, about }: { text: string; fileName: string; about: string }) {
  return (
    <div className={styles.yaml}>
      <div className={styles.yamlHead}>
        <p className={styles.reason}>{about}</p>
        <Button size="small" variant="secondary" iconStart={<RiDownloadLine />} onPress={() => download(text, fileName)}>
          Download
        </Button>
      </div>
      <CodeBlock text={text} label={fileName} maxHeight={520} />
    </div>
  );
}

function download(text: string, fileName: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
