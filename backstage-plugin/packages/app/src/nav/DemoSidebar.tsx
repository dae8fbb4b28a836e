// The sidebar: what one came for stands first. Pages find their way in by themselves.
import { Link, Sidebar, SidebarDivider, SidebarGroup, SidebarItem, SidebarSpace } from '@backstage/core-components';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import type { NavContentComponentProps } from '@backstage/plugin-app-react';
import { RiAddCircleLine, RiMenuLine, RiSettings3Line } from '@remixicon/react';
import { Logo } from '../Logo';
import styles from './DemoSidebar.module.css';

export function DemoSidebar({ navItems }: NavContentComponentProps) {
  const nav = navItems.withComponent(item => <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />);
  // These have items of their own here.
  navItems.take('page:notifications');
  navItems.take('page:platform/new');
  const settings = nav.take('page:user-settings');
  return (
    <Sidebar>
      <Link to="/" underline="none" className={styles.logo} aria-label="Home">
        <Logo size={28} />
      </Link>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        <SidebarItem icon={() => <RiAddCircleLine />} to="/platform/new" text="New request" />
        {nav.take('page:platform')}
        {nav.take('page:catalog')}
        {nav.take('page:scaffolder')}
        {nav.rest({ sortBy: 'title' })}
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem />
      <SidebarGroup label="Settings" icon={<RiSettings3Line />} to="/settings">
        {settings}
      </SidebarGroup>
    </Sidebar>
  );
}
